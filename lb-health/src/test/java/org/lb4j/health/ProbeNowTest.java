package org.lb4j.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.lb4j.Hold;
import org.lb4j.Server;
import org.lb4j.ServerPool;

/** Whoever asks for a probe is told something, whatever becomes of the server, the checker and the pool. */
final class ProbeNowTest {
    private final World world = new World("a", "b", "c");

    private static void assertFails(CompletableFuture<ProbeResult> asked, Class<?> as, String message) {
        assertThat(asked).isCompletedExceptionally();
        assertThatThrownBy(asked::join).cause().isInstanceOf(as).hasMessage(message);
    }

    @Test
    void itsResultCountsLikeAnyOther() {
        HealthChecker checker = world.checker(settings -> settings.fall(1));
        world.seconds(10);
        world.fails("a");
        CompletableFuture<ProbeResult> asked = checker.probeNow("a:80");
        world.seconds(0);
        assertThat(asked.join().reason()).isEqualTo(Reason.STATUS);
        assertThat(checker.status().get(0).state()).isEqualTo(CheckState.DOWN);
    }

    @Test
    void whoeverIsToldSeesWhatWasDecidedAndMayCloseTheChecker() {
        HealthChecker checker = world.checker(settings -> settings.fall(1));
        world.seconds(10);
        world.fails("a");
        List<Boolean> held = new ArrayList<>();
        CompletableFuture<Void> told = checker.probeNow("a:80").thenRun(() -> {
            held.add(world.held("a", Hold.CHECK));
            checker.close();
            held.add(world.held("a", Hold.CHECK));
        });
        world.seconds(0);
        told.join();
        assertThat(held).containsExactly(true, false);
        assertThat(world.scheduler.waiting()).isZero();
    }

    @Test
    void aServerThatLeavesIsNoLongerWaitedFor() {
        HealthChecker checker = world.checker();
        world.seconds(10);
        world.hangs("a");
        CompletableFuture<ProbeResult> flying = checker.probeNow("a:80");
        world.seconds(0);
        CompletableFuture<ProbeResult> late = checker.probeNow("a:80");
        world.pool.update(List.of(World.servers("b", "c")));
        world.seconds(0);
        assertFails(flying, IllegalStateException.class, "server a:80 has left");
        assertFails(late, IllegalStateException.class, "server a:80 has left");
        assertFails(checker.probeNow("a:80"), IllegalArgumentException.class, "no such server: a:80");
    }

    @Test
    void aCheckerThatClosesLetsGoOfWhoeverWaits() {
        HealthChecker checker = world.checker();
        world.seconds(10);
        world.hangs("a");
        CompletableFuture<ProbeResult> flying = checker.probeNow("a:80");
        world.seconds(0);
        CompletableFuture<ProbeResult> notBegun = checker.probeNow("b:80");
        checker.close();
        for (CompletableFuture<ProbeResult> each : List.of(flying, notBegun, checker.probeNow("a:80")))
            assertFails(each, IllegalStateException.class, "this checker is closed");
    }

    @Test
    void aSchedulerThatWasShutDownLetsNobodyWait() {
        HealthChecker checker = world.checker();
        world.seconds(10);
        world.scheduler.shutdown();
        assertFails(
                checker.probeNow("a:80"), IllegalStateException.class, "the scheduler of this checker was shut down");
        checker.close();
        assertFails(checker.probeNow("a:80"), IllegalStateException.class, "this checker is closed");
    }

    @Test
    void aPoolThatClosesDoesToo() {
        HealthChecker checker = world.checker();
        world.seconds(10);
        world.hangs("a");
        CompletableFuture<ProbeResult> flying = checker.probeNow("a:80");
        world.pool.close();
        assertFails(checker.probeNow("a:80"), IllegalStateException.class, "this checker is closed");
        checker.heard(Server.of("a:80"), "drain");
        checker.heard(null, null);
        world.seconds(0);
        assertFails(flying, IllegalStateException.class, "this checker is closed");
    }

    @Test
    void aServerIsKnownAtOnceWithAndWithoutSuppression() {
        for (boolean suppression : new boolean[] {true, false}) {
            World fresh = new World("a", "b");
            HealthChecker checker = fresh.checker(settings -> settings.suppression(suppression));
            assertThat(checker.status())
                    .extracting(CheckStatus::state)
                    .containsOnly(CheckState.UNKNOWN)
                    .hasSize(2);
            checker.heard(fresh.pool.member("b:80").server(), "50%");
            CompletableFuture<ProbeResult> asked = checker.probeNow("a:80"); // nothing has run yet
            fresh.seconds(0);
            assertThat(asked).isCompleted();
            assertThat(fresh.weight("b")).isEqualTo(0.5);
            fresh.pool.update(List.of(World.servers("a", "b", "c")));
            CompletableFuture<ProbeResult> newcomer = checker.probeNow("c:80");
            fresh.seconds(0);
            assertThat(newcomer).isCompleted();
        }
    }

    @Test
    void aServerOutsideTheViewIsNeverAskedHoweverItsCallsFail() {
        ServerPool view = world.pool.where(server -> !server.host().equals("c"));
        try (HealthChecker checker = HealthChecker.builder(view, world.probe)
                .scheduler(world.scheduler)
                .start()) {
            world.seconds(10);
            for (int i = 0; i < 3; i++) world.call("c", org.lb4j.Outcome.FAILURE);
            world.seconds(10);
            assertThat(world.asked("c")).isZero();
            assertThat(checker.stats().effectiveInterval()).isEqualTo(java.time.Duration.ofSeconds(5));
            assertThat(checker.status()).hasSize(2);
        }
    }
}
