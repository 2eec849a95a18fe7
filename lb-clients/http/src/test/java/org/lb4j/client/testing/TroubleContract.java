package org.lb4j.client.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.lb4j.client.testing.Fleet.PATIENCE;
import static org.lb4j.client.testing.Fleet.drop;
import static org.lb4j.client.testing.Fleet.hang;
import static org.lb4j.client.testing.Fleet.ok;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import okhttp3.tls.HandshakeCertificates;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.lb4j.Outcome;
import org.lb4j.Server;
import org.lb4j.algorithm.Algorithms;
import org.lb4j.client.InFlightUntil;
import org.lb4j.client.ServiceSettings;
import org.lb4j.client.Services;
import org.lb4j.failover.Repeat;
import org.lb4j.testing.TestServer;

/**
 * What every client must make of the same troubles: whether the call goes on to another server, and what is said of the bad
 * one. Each row has a service of its own, whose first server is bad and whose second is well; all rows run at once, since most of
 * them wait.
 */
@Timeout(120)
public abstract class TroubleContract {
    /** What the client is to wait for an answer at most, and between reads. */
    protected static final Duration LIMIT = Duration.ofMillis(1500);

    /** What it is to take for connecting at most: well below the other, which some clients count from the beginning. */
    protected static final Duration CONNECT_LIMIT = Duration.ofMillis(700);

    private static final TestServer.Answer RESET = (request, out) -> out.reset();

    /** A new instance for each test, called by JUnit. */
    protected TroubleContract() {}

    /**
     * The client under test.
     *
     * @param services to be balanced
     * @param trusting what it is to trust
     * @return it, with {@link #LIMIT} and {@link #CONNECT_LIMIT} as limits of its own
     * @throws Exception if it can not be made
     */
    protected abstract Caller caller(Services services, HandshakeCertificates trusting) throws Exception;

    /**
     * Whether the client's own limit also holds for a body.
     *
     * @return false if it ends at the head
     */
    protected boolean limitsBodies() {
        return true;
    }

    /**
     * Whether a bad answer that hangs is dropped at once.
     *
     * @return false if the client does that by and by, without anybody waiting for it
     */
    protected boolean dropsAtOnce() {
        return true;
    }

    @Test
    void eachTroubleGoesOnToAnotherServerOrNotAndIsToldOfTheBadOne() throws Exception {
        List<Row> rows = rows();
        List<Row> warm = List.of(
                Row.of("warm-http", "GET", ok("good"), Outcome.SUCCESS),
                Row.of("warm-https", "GET", ok("good"), Outcome.SUCCESS).tls(Certificates::good));
        List<Row> all = Stream.concat(warm.stream(), rows.stream()).toList();
        Certificates certificates =
                new Certificates(all.stream().map(each -> each.name).toArray(String[]::new));
        Services.Builder services = Services.builder();
        ExecutorService threads = Executors.newCachedThreadPool();
        try (SilentPort silent = new SilentPort();
                PlainPort plain = new PlainPort()) {
            for (Row each : all) each.start(services, certificates, silent, plain);
            Caller caller = caller(services.build(), certificates.trusting());
            for (Row each : warm) each.body(caller); // so that no limit is spent on loading classes
            List<CompletableFuture<Void>> running = rows.stream()
                    .map(each -> CompletableFuture.runAsync(() -> each.run(caller), threads))
                    .toList();
            for (CompletableFuture<Void> each : running) each.get(60, TimeUnit.SECONDS);
            all.forEach(Row::close);
        } finally {
            threads.shutdownNow();
        }
    }

    private List<Row> rows() {
        List<Row> rows = new ArrayList<>(List.of(
                Row.of("unknown-host", "POST", drop(), Outcome.FAILURE)
                        .at((silent, plain) -> Server.of("no.such.invalid", 80)),
                Row.of("connect-timeout", "POST", drop(), Outcome.TIMEOUT).at((silent, plain) -> silent.server()),
                Row.of("tls-untrusted", "POST", ok("bad"), Outcome.FAILURE).tls(Certificates::unknown),
                Row.of("tls-wrong-name", "POST", ok("bad"), Outcome.FAILURE).tls(Certificates::otherName),
                Row.of("tls-to-plain", "GET", drop(), Outcome.FAILURE)
                        .tls(Certificates::good)
                        .at((silent, plain) -> plain.server()),
                Row.of("no-answer", "GET", hang(), Outcome.TIMEOUT),
                Row.of("no-answer-post", "POST", hang(), Outcome.TIMEOUT).fails(),
                Row.of("end-before-head", "GET", drop(), Outcome.FAILURE),
                Row.of("end-before-head-post", "POST", drop(), Outcome.FAILURE).fails(),
                Row.of("reset-before-head", "GET", RESET, Outcome.FAILURE),
                Row.of("reset-before-head-post", "POST", RESET, Outcome.FAILURE).fails(),
                Row.of("bad-answer-hangs", "GET", stalled(503), Outcome.FAILURE)
                        .with(service -> service.repeatOnStatus(503))
                        .left(dropsAtOnce()),
                Row.of("misdirected-post", "POST", Fleet.bad(421), Outcome.REJECTED)
                        .with(service -> service.notProcessedOnStatus(421)
                                .repeatable(request -> Repeat.IF_NOT_PROCESSED)))); // so vouching for the body
        if (limitsBodies())
            rows.add(Row.of("body-late", "GET", stalled(200), Outcome.TIMEOUT).fails());
        return rows;
    }

    private static TestServer.Answer stalled(int status) {
        return (request, out) -> {
            out.head(status, 10);
            out.write("abc");
            out.hang();
        };
    }

    @Test
    void whatIsOnTheWireIsTheCallersOwnAndTheAnswerIsHeardOnce() throws Exception {
        List<String> heard = new CopyOnWriteArrayList<>();
        TestServer.Answer forger = (request, out) -> out.send(
                request.target().equals("/") ? 503 : 200,
                "good",
                "lb4j-server: forged",
                "LB4J-Attempts: 99",
                "X-Said: 1");
        try (Fleet fleet = new Fleet()) {
            Services services = fleet.start(
                    service ->
                            service.repeatOnStatus(503).onResponseHeader("x-said", (server, value) -> heard.add(value)),
                    forger);
            Caller caller = caller(services, new HandshakeCertificates.Builder().build());
            Caller.Reply reply = caller.send("GET", URI.create("http://me:secret@USERS/a%2Fb?c=d%20e"));
            assertThat(reply.headers().apply("lb4j-server"))
                    .containsExactly(fleet.server(0).server().id());
            assertThat(reply.headers().apply("lb4j-attempts")).containsExactly("1");
            assertThat(heard).hasSize(1);
            // A bad answer is heard once, too: each of the three that come, the last of which is delivered.
            assertThat(caller.send("GET", URI.create("http://users")).status()).isEqualTo(503);
            assertThat(fleet.server(0).requests())
                    .extracting(TestServer.Request::target)
                    .containsExactly("/a%2Fb?c=d%20e", "/", "/", "/");
            assertThat(heard).hasSize(4);
        }
    }

    @Test
    void aServiceOfStreamsIsInFlightUntilItsHeadsAreThere() throws Exception {
        try (Fleet fleet = new Fleet()) {
            Services services = fleet.start(service -> service.inFlightUntil(InFlightUntil.HEADERS), (request, out) -> {
                out.head(200, 4);
                out.write("go");
                await().atMost(PATIENCE).until(() -> fleet.pool().inFlight() == 0);
                out.write("od");
            });
            Caller caller = caller(services, new HandshakeCertificates.Builder().build());
            assertThat(caller.send("GET", URI.create("http://users/")).body()).isEqualTo("good");
            assertThat(fleet.ends()).containsExactly(Outcome.SUCCESS);
        }
    }

    /** The client itself refuses it, or knows no such host; what it says is in docs/calls.md. */
    @Test
    void anAddressThatNoServiceCanHaveIsAnError() throws Exception {
        try (Fleet fleet = new Fleet()) {
            Caller caller = caller(fleet.start(ok("good")), new HandshakeCertificates.Builder().build());
            for (String bad : List.of("http://my_svc/42", "lb://users/42"))
                assertThatThrownBy(() -> caller.send("GET", URI.create(bad)))
                        .as(bad)
                        .isNotNull();
            assertThat(fleet.hits()).isZero();
            assertThat(fleet.ends()).isEmpty();
        }
    }

    /** One trouble: a service with a bad server, one that is well, and what is to become of a call to it. */
    private static final class Row implements AutoCloseable {
        private interface Place {
            Server of(SilentPort silent, PlainPort plain);
        }

        private interface Secured {
            TestServer server(Certificates certificates, TestServer.Answer answer);
        }

        private final String name;
        private final String method;
        private final TestServer.Answer answer;
        private final Outcome ofTheBad;
        private final Fleet fleet = new Fleet();
        private Consumer<ServiceSettings> settings = service -> {};
        private @Nullable Secured secured;
        private @Nullable Place place;
        private boolean goesOn = true;
        private boolean left;

        private Row(String name, String method, TestServer.Answer answer, Outcome ofTheBad) {
            this.name = name;
            this.method = method;
            this.answer = answer;
            this.ofTheBad = ofTheBad;
        }

        static Row of(String name, String method, TestServer.Answer answer, Outcome ofTheBad) {
            return new Row(name, method, answer, ofTheBad);
        }

        Row with(Consumer<ServiceSettings> chosen) {
            settings = chosen;
            return this;
        }

        Row tls(Secured bad) {
            secured = bad;
            return this;
        }

        Row at(Place bad) {
            place = bad;
            return this;
        }

        Row fails() {
            goesOn = false;
            return this;
        }

        Row left(boolean atOnce) {
            left = atOnce;
            return this;
        }

        void start(Services.Builder services, Certificates certificates, SilentPort silent, PlainPort plain) {
            TestServer bad = fleet.add(secured == null ? TestServer.of(answer) : secured.server(certificates, answer));
            TestServer good = fleet.add(secured == null ? TestServer.of(ok("good")) : certificates.good(ok("good")));
            Server first = place == null ? bad.server() : place.of(silent, plain);
            fleet.of(settings, List.of(first, good.server()));
            services.service(name, fleet.pool().selector(Algorithms.firstAvailable()), settings);
        }

        URI uri() {
            return URI.create((secured == null ? "http://" : "https://") + name + "/");
        }

        void run(Caller caller) {
            if (goesOn) {
                assertThat(body(caller)).as(name).isEqualTo("good");
                assertThat(fleet.ends()).as(name).containsExactly(ofTheBad, Outcome.SUCCESS);
            } else {
                assertThatThrownBy(() -> body(caller)).as(name).isNotNull();
                assertThat(fleet.ends()).as(name).containsExactly(ofTheBad);
                assertThat(fleet.server(1).hits()).as(name).isZero();
            }
            if (secured != null) assertThat(fleet.server(0).hits()).as(name).isZero();
            if (left) fleet.awaitLeft(0);
        }

        private String body(Caller caller) {
            try {
                return caller.send(method, uri()).body();
            } catch (Exception broken) {
                throw new AssertionError(name, broken);
            }
        }

        @Override
        public void close() {
            fleet.close();
        }
    }
}
