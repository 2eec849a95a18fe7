package org.lb4j.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.lang.Thread.UncaughtExceptionHandler;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lb4j.SelectionContext;
import org.lb4j.Selector;
import org.lb4j.Server;
import org.lb4j.ServerPool;
import org.lb4j.algorithm.Algorithms;
import org.lb4j.health.HostileServer.Behaviour;

/** HTTP probes against real sockets that do their worst. When each is cut off is for {@link CutOffIT}. */
@Timeout(120)
final class HttpProbeIT {
    private static final String HEADERS = "HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n";

    private final List<AutoCloseable> open = new java.util.ArrayList<>();

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable each : open) each.close();
    }

    private HostileServer server(Behaviour behaviour) {
        HostileServer server = HostileServer.that(behaviour);
        open.add(0, server);
        return server;
    }

    private HostileServer saying(String text) {
        HostileServer server = HostileServer.saying(text);
        open.add(0, server);
        return server;
    }

    private HealthChecker checker(Probe probe, Server... servers) {
        ServerPool pool = ServerPool.builder().servers(servers).build();
        HealthChecker checker = HealthChecker.builder(pool, probe)
                .interval(Duration.ofMinutes(10)) // so that the probes are the test's
                .transitionalInterval(Duration.ofMinutes(10))
                .timeout(Duration.ofSeconds(10)) // more than a busy machine needs
                .start();
        open.add(0, checker);
        return checker;
    }

    private ProbeResult probe(Probe probe, HostileServer server) {
        return probe(probe, server.server());
    }

    private ProbeResult probe(Probe probe, Server server) {
        return checker(probe, server).probeNow(server.id()).join();
    }

    private ProbeResult probe(String answer) {
        return probe(HttpProbe.get("/health"), saying(answer));
    }

    private static void assertEnds(HostileServer server) {
        await().atMost(Duration.ofSeconds(60)).until(() -> server.open() == 0);
    }

    @Test
    void aGoodAnswerPassesAndItsConnectionIsUsedAgain() {
        HostileServer server = saying(HostileServer.ok("fine"));
        HealthChecker checker = checker(HttpProbe.get("/health"), server.server());
        // A connection whose answer is read away no longer than 100 ms is free; on a busy machine that is not each.
        await().atMost(Duration.ofSeconds(60)).until(() -> {
            assertThat(checker.probeNow(server.server().id()).join().verdict()).isEqualTo(Verdict.PASS);
            return server.connections.get() < server.requests.get();
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "garbage\r\n\r\n",
                "SSH-2.0-OpenSSH_9.2\r\n",
                "HTTP/1.1 200 OK\r\nX-Bad: a\u0000b\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: abc\r\n\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
                "HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n",
            })
    void aServerThatSaysGarbageAndKeepsTheConnectionSeesItsEnd(String answer) {
        HostileServer server = server(talk -> talk.say(answer).hang());
        HealthChecker checker = checker(HttpProbe.get("/health"), server.server());
        for (int i = 0; i < 5; i++) checker.probeNow(server.server().id()).join();
        assertEnds(server);
    }

    @Test
    void aBodyThatNeverStopsIsReadFor64KibAtMost() {
        HostileServer server = server(talk -> {
            talk.say("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
            String chunk = "1000\r\n" + "x".repeat(4096) + "\r\n";
            while (true) talk.say(chunk);
        });
        assertThat(probe(HttpProbe.get("/health").expectBody("ok").window(65_536), server)
                        .reason())
                .isEqualTo(Reason.CONTENT);
        assertThat(probe(HttpProbe.get("/health"), server).verdict()).isEqualTo(Verdict.PASS);
        assertEnds(server);
        // What the sockets' buffers swallow is not read by the probe; 200 MB/s for a second would be far beyond.
        assertThat(server.written.get()).isLessThan(40_000_000);
    }

    @Test
    void h10ARedirectFailsAndIsNotFollowed() {
        for (HostileServer target : List.of(saying(HostileServer.ok("fine")), server(talk -> talk.hang()))) {
            String location = "http://127.0.0.1:" + target.port() + "/";
            ProbeResult result = probe("HTTP/1.1 302 Found\r\nLocation: " + location + "\r\nContent-Length: 0\r\n\r\n");
            assertThat(result.reason()).isEqualTo(Reason.STATUS);
            assertThat(result.detail()).isEqualTo("status 302");
            assertThat(target.connections).hasValue(0);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "garbage\r\n\r\n",
                "HTTP/1.1 000 Zero\r\n\r\n",
                "HTTP/1.1 99 Low\r\n\r\n",
                "HTTP/9.9 200 OK\r\n\r\n",
                "HTTP/1.1 200 OK\r\nX-Bad: a\u0000b\r\n\r\n",
                "HTTP/1.1 600 High\r\nContent-Length: 0\r\n\r\n",
                "HTTP/1.1 999 Higher\r\nContent-Length: 0\r\n\r\n",
                "\r\n\r\n\r\n",
                "SSH-2.0-OpenSSH_9.2\r\n",
            })
    void h11GarbageFailsAndTheNextProbeRuns(String answer) {
        List<Throwable> escaped = new CopyOnWriteArrayList<>();
        UncaughtExceptionHandler before = Thread.getDefaultUncaughtExceptionHandler();
        Thread.setDefaultUncaughtExceptionHandler((thread, thrown) -> escaped.add(thrown));
        try {
            HostileServer server = server(talk -> talk.say(answer));
            HealthChecker checker = checker(HttpProbe.get("/health"), server.server());
            for (int i = 0; i < 2; i++) {
                ProbeResult result = checker.probeNow(server.server().id()).join();
                assertThat(result.verdict()).isEqualTo(Verdict.FAIL);
                assertThat(result.reason()).isIn(Reason.PROTOCOL, Reason.STATUS);
            }
            assertEnds(server);
        } finally {
            Thread.setDefaultUncaughtExceptionHandler(before);
        }
        assertThat(escaped).isEmpty();
    }

    @Test
    void endlessHeadersAndEndlessInterimAnswersFail() {
        HostileServer headers = server(talk -> {
            talk.say("HTTP/1.1 200 OK\r\n");
            while (true) talk.say("X-More: " + "y".repeat(1000) + "\r\n");
        });
        HostileServer interim = server(talk -> {
            while (true) talk.say("HTTP/1.1 102 Processing\r\n\r\n");
        });
        assertThat(probe(HttpProbe.get("/"), headers).verdict()).isEqualTo(Verdict.FAIL);
        assertThat(probe(HttpProbe.get("/"), interim).verdict()).isEqualTo(Verdict.FAIL);
        assertEnds(interim);
        assertEnds(headers);
    }

    @Test
    void aResetOrAnAnswerCutShortIsAFaultOfProtocol() {
        HostileServer reset = server(talk -> talk.reset());
        HostileServer cut = server(talk -> talk.say(HEADERS + "only this"));
        assertThat(probe(HttpProbe.get("/"), reset).reason()).isEqualTo(Reason.PROTOCOL);
        assertThat(probe(HttpProbe.get("/").expectBody("ok"), cut).reason()).isEqualTo(Reason.PROTOCOL);
    }

    @Test
    void aRefusedConnectionIsAFaultOfConnect() {
        HostileServer gone = server(talk -> {});
        gone.close();
        ProbeResult result = probe(HttpProbe.get("/"), gone);
        assertThat(result.reason()).isEqualTo(Reason.CONNECT);
        assertThat(result.weight()).isEqualTo(0.1);
    }

    @Test
    void h13ATextIsFoundAcrossPacketsAndOnlyInsideTheWindow() {
        HostileServer split = server(talk -> {
            talk.say("HTTP/1.1 200 OK\r\nContent-Length: 12\r\n\r\n...db:");
            talk.pause(100);
            talk.say("up...");
            talk.hang();
        });
        assertThat(probe(HttpProbe.get("/").expectBody("db:up"), split).verdict())
                .isEqualTo(Verdict.PASS);
        String late = HostileServer.ok("x".repeat(1020) + "okay" + "x".repeat(100));
        assertThat(probe(HttpProbe.get("/").expectBody("okay"), saying(late)).verdict())
                .isEqualTo(Verdict.PASS);
        assertThat(probe(HttpProbe.get("/").expectBody("okayx"), saying(late)).reason())
                .isEqualTo(Reason.CONTENT);
        assertThat(probe(HttpProbe.get("/").expectBody("okayx").window(2000), saying(late))
                        .verdict())
                .isEqualTo(Verdict.PASS);
    }

    @Test
    void textsMustComeInOrder() {
        HostileServer server = saying(HostileServer.ok("db:up cache:up"));
        assertThat(probe(HttpProbe.get("/").expectBody("db:up", "cache:up"), server)
                        .verdict())
                .isEqualTo(Verdict.PASS);
        assertThat(probe(HttpProbe.get("/").expectBody("cache:up", "db:up"), server)
                        .detail())
                .isEqualTo("expected text 2 of 2 is not in the first 14 bytes");
    }

    @Test
    void anotherServiceAtAReusedAddressDoesNotPass() {
        HostileServer server = saying("HTTP/1.1 200 OK\r\nX-Service: orders\r\nContent-Length: 0\r\n\r\n");
        assertThat(probe(HttpProbe.get("/").expectHeader("X-Service", "orders"), server)
                        .verdict())
                .isEqualTo(Verdict.PASS);
        assertThat(probe(HttpProbe.get("/").expectHeader("X-Service", "users"), server)
                        .reason())
                .isEqualTo(Reason.CONTENT);
    }

    @Test
    void anotherServiceCanNeitherBeBusyNorDrainForThisOne() {
        for (String status : new String[] {"429 Slow", "404 Gone"}) {
            HostileServer server = saying("HTTP/1.1 " + status + "\r\nContent-Length: 0\r\n\r\n");
            HttpProbe expecting = HttpProbe.get("/").drainOn404().expectHeader("X-Service", "users");
            assertThat(probe(expecting, server).reason()).isEqualTo(Reason.CONTENT);
        }
    }

    @Test
    void theWorstOfSeveralHeadersOfWordsCounts() {
        String header = "HTTP/1.1 200 OK\r\nX-Lb-Health: 75%\r\nX-Lb-Health: 50%\r\nX-Lb-Health: up\r\n";
        assertThat(probe(header + "Content-Length: 0\r\n\r\n").weight()).isEqualTo(0.5);
    }

    @Test
    void noProxyIsAskedHowItIs() {
        HostileServer proxy = server(talk -> talk.say(HostileServer.ok("fine")));
        HostileServer server = saying(HostileServer.ok("fine"));
        ProxySelector before = ProxySelector.getDefault();
        ProxySelector.setDefault(
                ProxySelector.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), proxy.port())));
        try {
            assertThat(probe(HttpProbe.get("/"), server).verdict()).isEqualTo(Verdict.PASS);
        } finally {
            ProxySelector.setDefault(before);
        }
        assertThat(proxy.connections).hasValue(0);
    }

    @Test
    void tooBusyIsDegradedAndNotDown() {
        assertThat(probe("HTTP/1.1 429 Slow\r\nContent-Length: 0\r\n\r\n")).isEqualTo(ProbeResult.busy("status 429"));
        assertThat(probe("HTTP/1.1 503 Busy\r\nRetry-After: 5\r\nContent-Length: 0\r\n\r\n"))
                .isEqualTo(ProbeResult.busy("status 503"));
        assertThat(probe("HTTP/1.1 503 Down\r\nContent-Length: 0\r\n\r\n").reason())
                .isEqualTo(Reason.STATUS);
    }

    @Test
    void h28WordsInHeaderBodyAndAStatusOptedInAreUnderstood() {
        ProbeResult header = probe("HTTP/1.1 200 OK\r\nX-Lb-Health: drain\r\nContent-Length: 0\r\n\r\n");
        ProbeResult text = probe(HttpProbe.get("/").healthText(), saying(HostileServer.ok("75% # warming\nrest")));
        ProbeResult status =
                probe(HttpProbe.get("/").drainOn404(), saying("HTTP/1.1 404 Gone\r\nContent-Length: 0\r\n\r\n"));
        assertThat(header.verdict()).isEqualTo(Verdict.DRAIN);
        assertThat(text.verdict()).isEqualTo(Verdict.DEGRADED);
        assertThat(text.weight()).isEqualTo(0.75);
        assertThat(status.verdict()).isEqualTo(Verdict.DRAIN);
        assertThat(probe("HTTP/1.1 500 Bad\r\nX-Lb-Health: up\r\nContent-Length: 0\r\n\r\n")
                        .reason())
                .isEqualTo(Reason.STATUS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"header", "text", "404"})
    void h28AServerThatDrainsGetsNoNewPicksHoweverItSaysSo(String how) {
        HostileServer good = saying(HostileServer.ok("up\n"));
        HostileServer draining = switch (how) {
            case "header" -> saying("HTTP/1.1 200 OK\r\nX-Lb-Health: drain\r\nContent-Length: 0\r\n\r\n");
            case "text" -> saying(HostileServer.ok("drain # deploying\n"));
            default -> saying("HTTP/1.1 404 Gone\r\nContent-Length: 0\r\n\r\n");
        };
        HttpProbe plain = HttpProbe.get("/");
        HttpProbe probe = how.equals("text") ? plain.healthText() : how.equals("404") ? plain.drainOn404() : plain;
        StillClock clock = new StillClock(probe, draining.server(), good.server());
        open.add(0, clock);
        for (int i = 0; i < 2; i++) {
            assertThat(clock.probe(draining.server()).verdict()).isEqualTo(Verdict.DRAIN);
            assertThat(clock.probe(good.server()).verdict()).isEqualTo(Verdict.PASS);
        }
        assertThat(clock.events)
                .filteredOn(event -> event.kind() == HealthEvent.Kind.DRAINING)
                .hasSize(1);
        Selector selector = clock.pool.selector(Algorithms.roundRobin());
        for (int i = 0; i < 30; i++) assertThat(selector.next()).isEqualTo(good.server());
        SelectionContext sticky =
                SelectionContext.none().preferring(draining.server().id());
        assertThat(selector.next(sticky)).isEqualTo(draining.server());
    }

    @Test
    void headAsksForNoBody() {
        HostileServer server = saying("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n");
        HealthChecker checker = checker(HttpProbe.get("/").head(), server.server());
        for (int i = 0; i < 3; i++)
            assertThat(checker.probeNow(server.server().id()).join().verdict()).isEqualTo(Verdict.PASS);
    }

    @Test
    void aConnectionClosedBetweenProbesIsNoEvidence() {
        HostileServer server = server(talk -> talk.say(HostileServer.ok("fine")));
        HealthChecker checker = checker(HttpProbe.get("/"), server.server());
        for (int i = 0; i < 5; i++)
            assertThat(checker.probeNow(server.server().id()).join().verdict()).isEqualTo(Verdict.PASS);
    }

    @Test
    void aProbeWorksWithoutAChecker() {
        HostileServer server = saying(HostileServer.ok("fine"));
        HttpProbe probe = HttpProbe.get("/");
        CompletableFuture<ProbeResult> wrapped = probe.check(server.server(), Duration.ofSeconds(10))
                .thenApply(result -> result.verdict() == Verdict.PASS ? ProbeResult.degraded(0.5) : result);
        assertThat(wrapped.join().verdict()).isEqualTo(Verdict.DEGRADED);
    }
}
