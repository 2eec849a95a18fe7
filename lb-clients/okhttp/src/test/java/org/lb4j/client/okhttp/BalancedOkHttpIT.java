package org.lb4j.client.okhttp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.lb4j.client.testing.Fleet.bad;
import static org.lb4j.client.testing.Fleet.hang;
import static org.lb4j.client.testing.Fleet.ok;

import java.io.IOException;
import java.net.ConnectException;
import java.net.ProtocolException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import javax.net.ssl.SSLServerSocket;
import okhttp3.Call;
import okhttp3.Callback;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.lb4j.Outcome;
import org.lb4j.Server;
import org.lb4j.client.ServiceSettings;
import org.lb4j.client.Services;
import org.lb4j.client.testing.Fleet;
import org.lb4j.failover.Failover;
import org.lb4j.failover.Hedge;
import org.lb4j.testing.Nginx;
import org.lb4j.testing.RequiresProgram;
import org.lb4j.testing.TestServer;

/** What a sceptic asks of the wrapper, against real sockets; hits are counted at the fleet.servers(). */
@Timeout(60)
final class BalancedOkHttpIT {
    private final Fleet fleet = new Fleet();
    private OkHttpClient client;

    @AfterEach
    void nothingIsLeftInFlight() {
        fleet.close();
        if (client != null) client.dispatcher().executorService().shutdown();
    }

    @Test
    void callsAreSpreadAndTheResponseTellsWhoAnswered() throws IOException {
        start(ok("a"), ok("b"));
        Map<String, Integer> answers = new HashMap<>();
        for (int i = 0; i < 10; i++) {
            try (Response response = call(get())) {
                String body = response.body().string();
                answers.merge(body, 1, Integer::sum);
                Server expected = fleet.servers().get(body.equals("a") ? 0 : 1).server();
                assertThat(response.header(Services.SERVER_HEADER)).isEqualTo(expected.id());
                assertThat(response.header(Services.ATTEMPTS_HEADER)).isEqualTo("1");
                assertThat(response.request().tag(Server.class)).isEqualTo(expected);
                assertThat(response.request().url()).isEqualTo(get().url());
            }
        }
        assertThat(answers).containsEntry("a", 5).containsEntry("b", 5);
        assertThat(fleet.servers()).extracting(TestServer::connections).containsExactly(1, 1);
        assertThat(fleet.server(0).requests())
                .extracting(each -> each.headers().get("host"))
                .containsOnly("users:" + fleet.server(0).server().port()); // logical, though the server is an address
        assertThat(fleet.ends()).hasSize(10).containsOnly(Outcome.SUCCESS);
    }

    @Test
    void otherHostsPassThroughUntouched() throws IOException {
        start(ok("a"));
        TestServer other = fleet.serve(ok("other"));
        try (Response response = call(get("http://" + other.server().hostPort() + "/x?y=%20"))) {
            assertThat(response.body().string()).isEqualTo("other");
            assertThat(response.header(Services.SERVER_HEADER)).isNull();
        }
        assertThat(fleet.ends()).isEmpty();
    }

    @Test
    void aServerThatIsGoneCostsNoCall() throws IOException {
        start(ok("a"), ok("b"), ok("c"));
        fleet.server(1).close();
        for (int i = 0; i < 30; i++) assertThat(text(get())).isNotEmpty();
        for (int i = 0; i < 30; i++) assertThat(text(post())).isNotEmpty();
        assertThat(fleet.hits()).isEqualTo(60);
    }

    /** By default OkHttp would post again, up to three times, on a reused connection that closes. */
    @Test
    void whatMayHaveBeenProcessedIsNotPostedTwice() throws IOException {
        TestServer.Answer secondTimeDrop = (request, out) -> {
            if (request.method().equals("POST")) out.drop();
            else out.send(200, "ok");
        };
        start(secondTimeDrop, secondTimeDrop);
        for (int i = 0; i < 4; i++) assertThat(text(get())).isEqualTo("ok"); // both have a connection to reuse
        assertThatThrownBy(() -> call(post())).isInstanceOf(IOException.class);
        assertThat(fleet.hits()).isEqualTo(5);
        assertThat(fleet.ends()).hasSize(5).endsWith(Outcome.FAILURE);
    }

    /** OkHttp would send this again at once, though it is a POST. */
    @Test
    void aBusyServerIsNotPostedToAgainAndItsHeaderIsStillThere() throws IOException {
        start((request, out) -> out.send(503, "busy", "Retry-After: 0"));
        try (Response response = call(post())) {
            assertThat(response.code()).isEqualTo(503);
            assertThat(response.header("Retry-After")).isEqualTo("0");
            assertThat(response.headers().names()).doesNotContain("lb4j-retry-after");
            assertThat(response.body().string()).isEqualTo("busy");
        }
        assertThat(fleet.hits()).isEqualTo(1);
        assertThat(fleet.ends()).containsExactly(Outcome.REJECTED);
    }

    @Test
    void otherHostsKeepOkHttpsOwnRepeats() throws IOException {
        start(ok("a"));
        TestServer other = fleet.serve((request, out) -> {
            if (request.number() == 1) out.send(503, "busy", "Retry-After: 0");
            else out.send(200, "ok");
        });
        assertThat(text(get("http://" + other.server().hostPort() + "/"))).isEqualTo("ok");
        assertThat(other.hits()).isEqualTo(2);
    }

    @Test
    void aStatusToRepeatLeadsToAnotherServer() throws IOException {
        start(service -> service.repeatOnStatus(503), bad(503), ok("b"));
        for (int i = 0; i < 4; i++) assertThat(text(get())).isEqualTo("b");
        assertThat(fleet.server(0).connections()).isEqualTo(1); // drained, so used again
    }

    @Test
    void theLastBadAnswerIsDeliveredWhole() throws IOException {
        TestServer.Answer bad = bad(502);
        start(service -> service.repeatOnStatus(502), bad, bad);
        try (Response response = call(get())) {
            assertThat(response.body().string()).isEqualTo("sorry");
            assertThat(response.header(Services.ATTEMPTS_HEADER)).isEqualTo("3");
        }
        assertThat(fleet.hits()).isEqualTo(3);
    }

    @Test
    void aBodyIsInFlightUntilItIsReadOrClosed() throws IOException {
        start((request, out) -> out.send(200, "x".repeat(500_000)));
        try (Response response = call(get())) {
            assertThat(response.body().source().readByte()).isEqualTo((byte) 'x');
            assertThat(fleet.pool().inFlight()).isEqualTo(1);
        }
        assertThat(fleet.pool().inFlight()).isZero();
        try (Response response = call(get())) {
            assertThat(response.body().bytes()).hasSize(500_000);
            assertThat(fleet.pool().inFlight()).isZero();
        }
        assertThat(fleet.ends()).containsExactly(Outcome.SUCCESS, Outcome.SUCCESS);
    }

    @Test
    void aBodyThatBreaksIsAFailureAndIsNotRepeated() throws IOException {
        start((request, out) -> {
            out.head(200, 10);
            out.write("abc");
            out.drop();
        });
        try (Response response = call(get())) {
            assertThatThrownBy(() -> response.body().string()).isInstanceOf(IOException.class);
        }
        assertThat(fleet.hits()).isEqualTo(1);
        assertThat(fleet.ends()).containsExactly(Outcome.FAILURE);
    }

    @Test
    void cancellingBeforeTheHeadEndsTheCall() {
        start(hang());
        CompletableFuture<IOException> failed = new CompletableFuture<>();
        Call call = client.newCall(get());
        call.enqueue(new Callback() {
            @Override
            public void onFailure(Call call, IOException e) {
                failed.complete(e);
            }

            @Override
            public void onResponse(Call call, Response response) {
                failed.complete(new IOException("answered"));
            }
        });
        fleet.awaitHits(1);
        call.cancel();
        assertThat(failed.join()).isNotNull();
        assertThat(fleet.ends()).containsExactly(Outcome.CANCELLED);
        assertThat(fleet.hits()).isEqualTo(1);
    }

    @Test
    void okHttpsCallTimeoutIsATimeoutAndTheEnd() {
        start(hang(), hang());
        client = client.newBuilder().callTimeout(Duration.ofMillis(200)).build();
        assertThatThrownBy(() -> call(get())).hasMessage("timeout");
        assertThat(fleet.ends()).containsExactly(Outcome.TIMEOUT);
        assertThat(fleet.hits()).isEqualTo(1);
    }

    @Test
    void aServerThatHangsIsGivenUpForAnother() throws IOException {
        Failover failover =
                Failover.builder().attemptTimeout(Duration.ofMillis(200)).build();
        start(service -> service.failover(failover), hang(), ok("b"));
        for (int i = 0; i < 2; i++) assertThat(text(get())).isEqualTo("b");
        assertThat(fleet.ends()).contains(Outcome.TIMEOUT).doesNotContain(Outcome.FAILURE);
    }

    @Test
    void aServerCanNotPretendToBeAnother() throws IOException {
        start((request, out) -> out.send(200, "a", "lb4j-server: forged", "LB4J-Attempts: 99"));
        try (Response response = call(get())) {
            assertThat(response.headers("lb4j-server"))
                    .containsExactly(fleet.server(0).server().id());
            assertThat(response.headers("lb4j-attempts")).containsExactly("1");
        }
    }

    @Test
    void withoutAServerTheCallerSeesAConnectException() {
        wrap(fleet.of(service -> {}, List.of()));
        assertThatThrownBy(() -> call(get()))
                .isInstanceOf(ConnectException.class)
                .hasMessageStartingWith("users: no server: 0 known");
    }

    @Test
    void httpsIsNeverLowered() {
        wrap(fleet.of(service -> {}, List.of(Server.of("http://127.0.0.1:1"))));
        assertThatThrownBy(() -> call(get("https://users/")))
                .isInstanceOf(ProtocolException.class)
                .hasMessage("users: https is asked for, but server 127.0.0.1:1 is http");
    }

    @Test
    void servicesThatHedgeAreRefused() {
        fleet.of(service -> {}, List.of(Server.of("127.0.0.1:1")));
        Failover hedging =
                Failover.builder().hedge(Hedge.after(Duration.ofMillis(50))).build();
        assertThatThrownBy(() -> wrap(fleet.services(service -> service.failover(hedging))))
                .hasMessage("service \"users\" hedges, which needs an asynchronous client");
    }

    @Test
    void twoAddressesWithOneCertificateShareTheLoadAndTheName() throws IOException {
        HeldCertificate certificate =
                new HeldCertificate.Builder().addSubjectAlternativeName("users").build();
        HandshakeCertificates held =
                new HandshakeCertificates.Builder().heldCertificate(certificate).build();
        for (String address : List.of("127.0.0.1", "127.0.0.2")) {
            SSLServerSocket socket =
                    (SSLServerSocket) held.sslContext().getServerSocketFactory().createServerSocket();
            fleet.add(TestServer.on(socket, address, ok(address)));
        }
        HandshakeCertificates trusting = new HandshakeCertificates.Builder()
                .addTrustedCertificate(certificate.certificate())
                .build();
        Services services = fleet.of(
                service -> {}, fleet.servers().stream().map(TestServer::server).toList());
        client = BalancedOkHttp.install(
                        new OkHttpClient.Builder()
                                .sslSocketFactory(trusting.sslSocketFactory(), trusting.trustManager()),
                        services)
                .build();
        for (int i = 0; i < 10; i++) assertThat(text(get("https://users/"))).startsWith("127.0.0.");
        assertThat(fleet.servers()).extracting(TestServer::hits).containsExactly(5, 5);
        assertThat(fleet.servers()).extracting(TestServer::connections).containsExactly(1, 1);
    }

    /** nginx closes each connection after five requests; one of three is killed under way. */
    @RequiresProgram("nginx")
    @Test
    void throughNginxNoGetFails(@TempDir Path folder) throws IOException {
        try (Nginx one = Nginx.start(folder, 1);
                Nginx two = Nginx.start(folder, 2);
                Nginx three = Nginx.start(folder, 3)) {
            wrap(fleet.of(service -> {}, List.of(one.server(), two.server(), three.server())));
            for (int i = 0; i < 300; i++) {
                if (i == 100) three.kill();
                assertThat(text(get())).startsWith("nginx-");
            }
        }
    }

    private Response call(Request request) throws IOException {
        return client.newCall(request).execute();
    }

    private String text(Request request) throws IOException {
        try (Response response = call(request)) {
            return response.body().string();
        }
    }

    private static Request get() {
        return get("http://users/42");
    }

    private static Request get(String url) {
        return new Request.Builder().url(url).build();
    }

    private static Request post() {
        return get().newBuilder().post(RequestBody.create(new byte[] {1})).build();
    }

    private void start(TestServer.Answer... answers) {
        start(service -> {}, answers);
    }

    private void start(Consumer<ServiceSettings> settings, TestServer.Answer... answers) {
        wrap(fleet.start(settings, answers));
    }

    private void wrap(Services services) {
        client = BalancedOkHttp.install(new OkHttpClient.Builder(), services).build();
    }
}
