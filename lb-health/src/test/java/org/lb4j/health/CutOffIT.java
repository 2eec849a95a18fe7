package org.lb4j.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.lb4j.health.HostileServer.Behaviour;
import org.lb4j.health.StagedCheck.Stage;

/** When HTTP probes of real sockets are cut off, to the millisecond, since time is virtual. */
@Timeout(120)
final class CutOffIT {
    private static final String HEADERS = "HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n";
    private static final Behaviour SILENT = talk -> talk.say(HEADERS).hang();
    private static final Behaviour TRICKLE = talk -> {
        talk.say(HEADERS);
        while (true) {
            talk.pause(200);
            talk.say("x");
        }
    };

    private static void assertEnds(HostileServer server) {
        await().atMost(Duration.ofSeconds(60)).until(() -> server.open() == 0);
    }

    /** Cut off at one second and not before. */
    private static String cutOff(StillClock clock, CompletableFuture<ProbeResult> begun) {
        clock.millis(999);
        assertThat(begun).isNotDone();
        clock.millis(1);
        assertThat(begun.join().reason()).isEqualTo(Reason.TIMEOUT);
        return begun.join().detail();
    }

    @Test
    void h5AServerThatAcceptsAndHangsTimesOutAndSeesTheEnd() {
        try (HostileServer server = HostileServer.that(talk -> talk.hang());
                StillClock clock = new StillClock(HttpProbe.get("/health"), server.server())) {
            CompletableFuture<ProbeResult> begun = clock.begin(server.server());
            clock.until(() -> server.requests.get() == 1);
            assertThat(cutOff(clock, begun)).isEqualTo("after 1000 ms");
            assertEnds(server);
        }
    }

    @Test
    void aProbeThatWrapsOursFreesItsConnectionToo() {
        Probe inner = HttpProbe.get("/health");
        Probe wrapping = (at, timeout) ->
                inner.check(at, timeout).thenApply(result -> result).whenComplete((result, thrown) -> {});
        try (HostileServer server = HostileServer.that(talk -> talk.hang());
                StillClock clock = new StillClock(wrapping, server.server())) {
            CompletableFuture<ProbeResult> begun = clock.begin(server.server());
            clock.until(() -> server.requests.get() == 1);
            assertThat(cutOff(clock, begun)).isEqualTo("after 1000 ms");
            assertEnds(server);
        }
    }

    @Test
    void h6h7HeadersThenSilenceOrAByteNowAndThenTimeOutWhereABodyIsExpected() {
        for (Behaviour behaviour : new Behaviour[] {SILENT, TRICKLE}) {
            HttpProbe inner = HttpProbe.get("/health").expectBody("ok");
            AtomicReference<StagedCheck> check = new AtomicReference<>();
            Probe watched = (at, timeout) -> {
                check.set((StagedCheck) inner.check(at, timeout));
                return check.get();
            };
            try (HostileServer server = HostileServer.that(behaviour);
                    StillClock clock = new StillClock(watched, server.server())) {
                CompletableFuture<ProbeResult> begun = clock.begin(server.server());
                clock.until(() -> check.get().stage() == Stage.ANSWERING);
                assertThat(cutOff(clock, begun)).isEqualTo("after 1000 ms, inside the answer");
                assertEnds(server);
            }
        }
    }

    @Test
    void h7WithoutAnExpectationTheStatusDecidesAndTheRestIsReadAwayFor100Ms() {
        for (Behaviour behaviour : new Behaviour[] {SILENT, TRICKLE}) {
            try (HostileServer server = HostileServer.that(behaviour);
                    StillClock clock = new StillClock(HttpProbe.get("/health"), server.server())) {
                assertThat(clock.probe(server.server()).verdict()).isEqualTo(Verdict.PASS);
                clock.until(() -> clock.scheduler.waiting() == 2); // the checker's timer, and that of reading away
                clock.millis(99);
                assertThat(clock.scheduler.waiting()).isEqualTo(2);
                assertThat(server.open()).isEqualTo(1);
                clock.millis(1);
                assertThat(clock.scheduler.waiting()).isEqualTo(1);
                assertEnds(server);
            }
        }
    }

    @Test
    void aConnectionOutlivesTheTimeForReadingAway() {
        try (HostileServer server = HostileServer.saying(HostileServer.ok("fine"));
                StillClock clock = new StillClock(HttpProbe.get("/health"), server.server())) {
            for (int i = 0; i < 5; i++) {
                assertThat(clock.probe(server.server()).verdict()).isEqualTo(Verdict.PASS);
                clock.until(() -> clock.scheduler.waiting() == 1); // all was read
                clock.millis(200);
            }
            assertThat(server.connections.get()).isLessThan(5); // one may be read and not yet be free for the next
        }
    }
}
