package org.lb4j.client.apache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.lb4j.client.testing.Fleet.bad;
import static org.lb4j.client.testing.Fleet.ok;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;
import org.apache.hc.client5.http.HttpRoute;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.lb4j.Outcome;
import org.lb4j.SelectionContext;
import org.lb4j.Server;
import org.lb4j.client.Services;
import org.lb4j.client.testing.Fleet;
import org.lb4j.client.testing.SilentPort;
import org.lb4j.testing.TestServer;

/** What can go wrong with a server: whether a GET and a POST go on to another one, and how the lease ends. */
@Timeout(60)
final class FailuresIT {
    private static final int UNHURRIED = 20_000;
    private static final HeldCertificate TRUSTED = certificate();
    private static final HeldCertificate UNTRUSTED = certificate();
    private static final SSLContext TRUST = new HandshakeCertificates.Builder()
            .addTrustedCertificate(TRUSTED.certificate())
            .build()
            .sslContext();

    private final List<AutoCloseable> open = new ArrayList<>();
    private final Fleet fleet = new Fleet();

    /** A server that fails. */
    @FunctionalInterface
    private interface Bad {
        Server of(FailuresIT test) throws IOException;
    }

    /**
     * A row of the table.
     *
     * @param goOn which methods go on
     * @param end how the lease of the bad server ends
     */
    private record Row(String what, String scheme, Bad bad, List<String> goOn, Outcome end) {
        /** What goes on for nobody may be slow before its head as well, and then a GET would go on. */
        List<String> methods() {
            return goOn.isEmpty() ? List.of("POST") : BOTH;
        }

        @Override
        public String toString() {
            return what;
        }
    }

    private static final List<String> BOTH = List.of("GET", "POST");
    private static final List<String> GET = List.of("GET");
    private static final List<String> NONE = List.of();

    static Stream<Arguments> troubles() {
        return Stream.of(
                        row("unknown host", test -> Server.of("gone.test", 80), BOTH, Outcome.FAILURE),
                        row("no SYN answered", FailuresIT::silent, BOTH, Outcome.TIMEOUT),
                        new Row("untrusted", "https", test -> test.secure(UNTRUSTED), BOTH, Outcome.FAILURE),
                        new Row("https to a plain port", "https", FailuresIT::noTls, BOTH, Outcome.FAILURE),
                        answering("no answer", (request, out) -> out.hang(), GET, Outcome.TIMEOUT),
                        answering("end before the head", (request, out) -> out.drop(), GET, Outcome.FAILURE),
                        answering("reset before the head", (request, out) -> out.reset(), GET, Outcome.FAILURE),
                        answering("late body", FailuresIT::lateBody, NONE, Outcome.TIMEOUT),
                        answering("misdirected", (request, out) -> out.send(421, "not me"), BOTH, Outcome.REJECTED))
                .flatMap(row -> Stream.of(Caller.Form.values()).map(form -> Arguments.of(row, form)));
    }

    @AfterEach
    void nothingIsLeftInFlight() throws Exception {
        fleet.close();
        for (AutoCloseable each : open) each.close();
    }

    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource("troubles")
    void aCallGoesOnIfItMay(Row row, Caller.Form form) throws Exception {
        Server bad = row.bad.of(this);
        Server good = row.scheme.equals("https") ? secure(TRUSTED) : plain();
        SelectionContext badFirst = SelectionContext.none().preferring(bad.id());
        Services services =
                fleet.of(service -> service.context(request -> badFirst).notProcessedOnStatus(421), List.of(bad, good));
        int limit = row.end == Outcome.TIMEOUT ? 100 : UNHURRIED;
        Caller caller = kept(form.open(services, TRUST, route -> limits(route, bad, limit)));
        for (String method : row.methods()) {
            fleet.ends().clear();
            if (row.goOn.contains(method)) {
                Caller.Reply reply = caller.call(method, row.scheme + "://users/42");
                assertThat(reply.body()).isEqualTo("good");
                assertThat(reply.header(Services.SERVER_HEADER)).containsExactly(good.id());
                assertThat(reply.header(Services.ATTEMPTS_HEADER)).containsExactly("2");
                assertThat(fleet.ends()).containsExactly(row.end, Outcome.SUCCESS);
            } else {
                assertThatThrownBy(() -> caller.call(method, row.scheme + "://users/42"))
                        .isInstanceOf(IOException.class);
                fleet.awaitIdle();
                assertThat(fleet.ends()).containsExactly(row.end);
            }
        }
    }

    private static Row row(String what, Bad bad, List<String> goOn, Outcome end) {
        return new Row(what, "http", bad, goOn, end);
    }

    private static Row answering(String what, TestServer.Answer answer, List<String> goOn, Outcome end) {
        return row(what, test -> test.fleet.serve(answer).server(), goOn, end);
    }

    /** Short for the bad server alone, and where its time is to run out, so that a slow machine harms no other. */
    private static ConnectionConfig limits(HttpRoute route, Server bad, int limit) {
        boolean isBad = route.getTargetHost().getPort() == bad.port();
        int millis = isBad ? limit : UNHURRIED;
        return ConnectionConfig.custom()
                .setConnectTimeout(millis, TimeUnit.MILLISECONDS)
                .setSocketTimeout(millis, TimeUnit.MILLISECONDS)
                .build();
    }

    private static void lateBody(TestServer.Request request, TestServer.Reply out) throws IOException {
        out.head(200, 10);
        out.write("abc");
        out.hang();
    }

    private Server silent() throws IOException {
        return kept(new SilentPort()).server();
    }

    private Server plain() {
        return fleet.serve(ok("good")).server();
    }

    /** Takes whatever comes for a bad request. */
    private Server noTls() throws IOException {
        ServerSocket socket = kept(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()));
        Thread thread = new Thread(() -> {
            while (!socket.isClosed()) {
                try (Socket each = socket.accept()) {
                    each.getOutputStream().write("HTTP/1.1 400 Bad\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                } catch (IOException gone) {
                    // the next one
                }
            }
        });
        thread.setDaemon(true);
        thread.start();
        return Server.of("127.0.0.1", socket.getLocalPort());
    }

    private Server secure(HeldCertificate certificate) throws IOException {
        SSLContext held = new HandshakeCertificates.Builder()
                .heldCertificate(certificate)
                .build()
                .sslContext();
        return kept(TestServer.on(held.getServerSocketFactory().createServerSocket(), "127.0.0.1", ok("good")))
                .server();
    }

    private <T extends AutoCloseable> T kept(T resource) {
        open.add(resource);
        return resource;
    }

    private static HeldCertificate certificate() {
        return new HeldCertificate.Builder().addSubjectAlternativeName("users").build();
    }
}
