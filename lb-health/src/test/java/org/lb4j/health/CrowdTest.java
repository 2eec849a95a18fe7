package org.lb4j.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;
import org.lb4j.Hold;
import org.lb4j.Outcome;
import org.lb4j.PoolEvent;
import org.lb4j.Selector;
import org.lb4j.ServerPool;
import org.lb4j.algorithm.Algorithms;
import org.lb4j.health.HealthEvent.Kind;
import org.lb4j.testing.Allocations;

/** Many servers, and probes and listeners that misbehave. */
final class CrowdTest {
    private static final int MANY = 10_000;

    @Test
    void h16TenThousandHangingServersAreAskedInTurnAndNeverMoreThan64AtOnce() {
        World world = World.of(MANY);
        NewThreads threads = new NewThreads();
        Map<String, Long> last = new HashMap<>();
        List<Long> waited = new ArrayList<>();
        int[] flying = new int[1];
        int[] most = new int[1];
        Probe hanging = (server, timeout) -> {
            Long before = last.put(server.id(), world.now());
            if (before != null) waited.add(world.now() - before);
            most[0] = Math.max(most[0], ++flying[0]);
            CompletableFuture<ProbeResult> never = new CompletableFuture<>();
            var unused = never.whenComplete((result, cancelled) -> flying[0]--);
            return never;
        };
        HealthChecker checker = world.checker(hanging, settings -> settings.fall(100));
        world.seconds(400);
        assertThat(most[0]).isEqualTo(64);
        assertThat(checker.stats().effectiveInterval()).isEqualTo(Duration.ofMillis(156_250));
        assertThat(last).hasSize(MANY); // each one
        for (long each : last.values()) waited.add(world.now() - each);
        // None waits longer than two effective intervals beyond its own gap, which is at most 36 s.
        assertThat(Collections.max(waited)).isLessThan((2 * 156_250L + 36_000) * 1_000_000);
        assertThat(threads.alive()).isEmpty();
        checker.close();
        assertThat(flying[0]).isZero();
    }

    @Test
    void h16PicksAreUnaffectedWhileTenThousandProbesFail() {
        World world = World.of(MANY);
        int[] publications = new int[1];
        var counting = world.pool.selector((roster, before) -> {
            publications[0]++;
            return (context, now) -> roster.member(0);
        });
        HealthChecker checker =
                world.checker((server, timeout) -> new CompletableFuture<>(), settings -> settings.fall(100));
        world.seconds(1);
        int published = publications[0];
        world.seconds(60);
        assertThat(checker.stats().failed()).isGreaterThan(64 * 50);
        assertThat(counting.next()).isNotNull();
        assertThat(publications[0]).isEqualTo(published);
        assertThat(world.picks(MANY)).hasSize(MANY);
        Selector selector = world.pool.selector(Algorithms.roundRobin());
        assertThat(Allocations.perCall(i -> selector.next())).isZero();
    }

    @Test
    void h16SuspectsGoFirst() {
        World world = World.of(1000);
        List<String> order = new ArrayList<>();
        Probe hanging = (server, timeout) -> {
            order.add(server.host());
            return new CompletableFuture<>();
        };
        HealthChecker checker = world.checker(hanging, settings -> settings.maxInFlight(4));
        world.seconds(4.5);
        assertThat(checker.stats().waiting()).isGreaterThan(500);
        for (int i = 0; i < 3; i++) world.call("s999", Outcome.FAILURE);
        int before = order.size();
        world.seconds(1.1);
        assertThat(order.subList(before, order.size())).hasSizeBetween(4, 8).contains("s999");
    }

    @Test
    void h16WhatFallsDueTogetherIsOneChange() {
        World world = World.of(60);
        int[] publications = new int[1];
        var counting = world.pool.selector((roster, before) -> {
            publications[0]++;
            return (context, now) -> roster.member(0);
        });
        assertThat(counting.next()).isNotNull();
        HealthChecker checker = world.checker(
                (server, timeout) -> new CompletableFuture<>(),
                settings -> settings.fall(1).maxInFlight(60));
        for (int i = 0; i < 60; i++) {
            var unused = checker.probeNow("s" + i + ":80"); // all begin at one instant, and end at one
        }
        world.seconds(0);
        assertThat(checker.stats().inFlight()).isEqualTo(60);
        int before = publications[0];
        world.seconds(1);
        assertThat(world.events(Kind.DOWN)).hasSize(60);
        assertThat(publications[0] - before).isEqualTo(1);
    }

    @Test
    void h16AChangeOfTheWholeListIsLookedAtOnce() {
        int many = 1000;
        for (Initial initial : Initial.values()) {
            World world = World.of(1);
            long[] looks = new long[1];
            ServerPool view = world.pool.where(server -> ++looks[0] > 0);
            HealthChecker.builder(view, world.probe)
                    .scheduler(world.scheduler)
                    .initial(initial)
                    .start();
            world.scheduler.runDue();
            looks[0] = 0;
            world.pool.update(List.of(World.servers(World.names(many))));
            world.scheduler.runDue();
            assertThat(looks[0])
                    .isLessThan(100L * many); // a few a server, where one look a server and server is a million
            world.seconds(10);
            assertThat(world.asked("s999")).isPositive();
        }
    }

    @Test
    void h18WhateverProbesAndListenersThrowTheWheelTurnsOn() {
        World world = new World("a", "b", "c", "d", "e");
        Probe broken = (server, timeout) -> switch (server.host()) {
            case "a" -> throw new StackOverflowError();
            case "b" -> null;
            case "c" -> CompletableFuture.completedFuture(null);
            case "d" -> CompletableFuture.failedFuture(new AssertionError("no"));
            default -> world.probe.check(server, timeout);
        };
        List<Kind> heard = new ArrayList<>();
        HealthChecker checker = world.checker(
                broken,
                settings -> settings.listener(event -> {
                            throw new StackOverflowError();
                        })
                        .listener(event -> heard.add(event.kind())));
        world.seconds(60);
        assertThat(checker.status())
                .extracting(CheckStatus::state)
                .containsExactly(CheckState.DOWN, CheckState.DOWN, CheckState.DOWN, CheckState.DOWN, CheckState.UP);
        assertThat(checker.status().get(0).last().reason()).isEqualTo(Reason.ERROR);
        assertThat(world.asked("e")).isGreaterThan(10);
        assertThat(heard).hasSize(5);
    }

    @Test
    void aProbeThatCancelsItselfIsBrokenAndNotSlow() {
        World world = new World("a", "b");
        HealthChecker checker = world.checker(
                (server, timeout) -> {
                    CompletableFuture<ProbeResult> future = new CompletableFuture<>();
                    future.cancel(true);
                    return future;
                },
                settings -> {});
        var asked = checker.probeNow("a:80");
        world.seconds(0);
        assertThat(asked.join().reason()).isEqualTo(Reason.ERROR);
    }

    @Test
    void aListenerMayCloseTheChecker() {
        World world = new World("a", "b");
        world.fails("a");
        HealthChecker[] checker = new HealthChecker[1];
        List<HealthEvent> after = new ArrayList<>();
        checker[0] = world.checker(settings -> settings.listener(event -> {
                    if (event.kind() == Kind.DOWN) checker[0].close();
                })
                .listener(event -> {
                    if (event.kind() == Kind.DOWN) after.add(event);
                }));
        world.seconds(60);
        assertThat(world.held("a", Hold.CHECK)).isFalse();
        assertThat(after).isEmpty();
        assertThat(world.scheduler.waiting()).isZero();
    }

    @Test
    void aSlowListenerIsNoPauseOfThisProcess() {
        World world = new World("a", "b");
        world.fails("a");
        world.checker(settings ->
                settings.suppression(false).listener(event -> world.scheduler.standStill(Duration.ofSeconds(3))));
        world.seconds(60);
        int asked = world.asked("b");
        world.answersInTurn("b", ProbeResult.degraded(0.5), ProbeResult.pass());
        world.seconds(60);
        assertThat(world.asked("b") - asked).isGreaterThan(6);
        assertThat(world.events)
                .extracting(HealthEvent::kind)
                .containsExactlyInAnyOrder(Kind.UP, Kind.DOWN, Kind.DEGRADED, Kind.UP);
    }

    @Test
    void aProbeMayCloseTheCheckerThatBeganIt() {
        World world = new World("a", "b");
        HealthChecker[] checker = new HealthChecker[1];
        List<CompletableFuture<ProbeResult>> begun = new ArrayList<>();
        checker[0] = world.checker(
                (server, timeout) -> {
                    begun.add(new CompletableFuture<>());
                    if (begun.size() == 3) checker[0].close();
                    return begun.get(begun.size() - 1);
                },
                settings -> {});
        world.seconds(60);
        assertThat(begun).hasSize(3).allMatch(CompletableFuture::isCancelled);
        assertThat(world.scheduler.waiting()).isZero();
    }

    @Test
    void aFullExecutorIsOurFaultAndToldOnce() {
        World world = new World("a", "b");
        boolean[] full = {true};
        Probe rejected = (server, timeout) -> full[0]
                ? CompletableFuture.failedFuture(
                        server.host().equals("a")
                                ? new RejectedExecutionException()
                                : new OutOfMemoryError("unable to create native thread"))
                : World.done(ProbeResult.pass());
        HealthChecker checker = world.checker(rejected, settings -> {});
        world.seconds(60);
        assertThat(world.events).singleElement().satisfies(event -> {
            assertThat(event.kind()).isEqualTo(Kind.SATURATED);
            assertThat(event.reason()).isEqualTo(Reason.SATURATED);
        });
        assertThat(checker.status()).extracting(CheckStatus::state).containsOnly(CheckState.UNKNOWN);
        full[0] = false;
        world.seconds(60);
        assertThat(world.events(Kind.SATURATED)).hasSize(2);
        assertThat(world.events(Kind.SATURATED).get(1).reason()).isEqualTo(Reason.OK);
    }

    @Test
    void everyTransitionIsSeenInThePoolToo() {
        World world = new World("a", "b", "c");
        List<PoolEvent.Kind> seen = new ArrayList<>();
        try (var unused = world.pool.onChange(event -> seen.add(event.kind()))) {
            world.fails("a");
            world.checker();
            world.seconds(30);
        }
        assertThat(seen).containsExactly(PoolEvent.Kind.HELD);
        assertThat(world.pool.status().get(0).holds()).containsExactly(Hold.CHECK);
    }

    @Test
    void aViewMayHaveACheckerOfItsOwn() {
        World world = new World("a", "b", "c");
        ServerPool view = world.pool.where(server -> !server.host().equals("c"));
        List<String> asked = new ArrayList<>();
        try (HealthChecker checker = HealthChecker.builder(view, (server, timeout) -> {
                    asked.add(server.host());
                    return World.done(ProbeResult.pass());
                })
                .scheduler(world.scheduler)
                .start()) {
            world.seconds(20);
            assertThat(checker.status()).hasSize(2);
        }
        assertThat(asked).contains("a", "b").doesNotContain("c");
    }
}
