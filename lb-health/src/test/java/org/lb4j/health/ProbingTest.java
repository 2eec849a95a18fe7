package org.lb4j.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.lb4j.Hold;
import org.lb4j.Member;
import org.lb4j.Server;
import org.lb4j.ServerPool;
import org.lb4j.health.HealthEvent.Kind;

/** The scenarios of rise and fall, in virtual time. */
final class ProbingTest {
    private static final ProbeResult PASS = ProbeResult.pass();
    private static final ProbeResult FAIL = ProbeResult.fail(Reason.STATUS, "status 500");

    private final World world = new World("a", "b", "c");

    @Test
    void h1TwoFailuresOfThreeChangeNothing() {
        HealthChecker checker = world.checker();
        world.untilAsked("a", 3);
        world.answersInTurn("a", FAIL, FAIL, PASS);
        world.untilAsked("a", 6);
        assertThat(world.events(Kind.DOWN)).isEmpty();
        assertThat(world.held("a", Hold.CHECK)).isFalse();
        assertThat(checker.status().get(0).streak()).isZero();
        assertThat(world.picks(30)).containsEntry("a", 10);
    }

    @Test
    void h2ThreeFailuresInARowTakeAServerOutOnce() {
        world.checker();
        world.untilAsked("a", 3);
        world.fails("a");
        world.untilAsked("a", 4);
        long first = world.now();
        while (world.events(Kind.DOWN).isEmpty()) world.seconds(0.01);
        assertThat(world.now() - first).isLessThan(4_000_000_000L); // 3 transitional intervals and a timeout
        world.seconds(600);
        assertThat(world.events(Kind.DOWN)).hasSize(1);
        HealthEvent down = world.events(Kind.DOWN).get(0);
        assertThat(down.server().host()).isEqualTo("a");
        assertThat(down.evidence()).isEqualTo("3 probes failed in a row, last STATUS status 500");
        assertThat(world.picks(30)).containsOnlyKeys("b", "c");
    }

    @Test
    void h3ADownServerIsBackOnlyAfterTwoPassesInARow() {
        world.fails("a");
        world.checker();
        while (world.events(Kind.DOWN).isEmpty()) world.seconds(0.1);
        int asked = world.asked("a");
        world.answersInTurn("a", PASS, FAIL, PASS, PASS);
        world.untilAsked("a", asked + 3);
        assertThat(world.held("a", Hold.CHECK)).isTrue();
        world.untilAsked("a", asked + 4);
        assertThat(world.held("a", Hold.CHECK)).isFalse();
        world.seconds(60);
        assertThat(world.events(Kind.UP).stream().filter(e -> e.server().host().equals("a")))
                .singleElement()
                .satisfies(up -> assertThat(up.evidence()).isEqualTo("2 probes passed in a row"));
    }

    @Test
    void h4AnUnprovenServerIsPickedWithInitialUpAndNotWithInitialDown() {
        world.checker(settings -> settings.initial(Initial.DOWN));
        assertThat(world.picks(3)).containsOnlyKeys("a", "b", "c"); // nobody has passed yet: all may be used
        world.seconds(2);
        assertThat(world.events(Kind.UP)).hasSize(3);
        world.hangs("d");
        world.pool.update(List.of(World.servers("a", "b", "c", "d")));
        assertThat(world.picks(30)).containsOnlyKeys("a", "b", "c"); // at once, before anything else has run
        world.passes("d");
        world.seconds(1.1);
        assertThat(world.asked("d")).isEqualTo(1);
        assertThat(world.picks(40)).containsEntry("d", 10);

        World usable = new World("a", "b");
        usable.hangs("a");
        usable.checker(settings -> settings.initial(Initial.UP));
        assertThat(usable.picks(10)).containsEntry("a", 5);
    }

    @Test
    void h4AfterTwoSecondsOfGraceOnlyTheProvenAreUsed() {
        World strict = new World(ServerPool.builder().panicThreshold(0), "a", "b", "c");
        strict.hangs("b");
        strict.hangs("c");
        strict.checker(settings -> settings.initial(Initial.DOWN).timeout(Duration.ofSeconds(5)));
        strict.untilAsked("a", 1);
        assertThat(strict.picks(10)).containsOnlyKeys("a"); // one has passed: the grace is over
        World nobody = new World("a", "b");
        nobody.hangs("a");
        nobody.hangs("b");
        nobody.checker(settings -> settings.initial(Initial.DOWN).timeout(Duration.ofSeconds(5)));
        nobody.seconds(1.9);
        assertThat(nobody.held("a", Hold.CHECK)).isFalse();
        nobody.seconds(0.2);
        assertThat(nobody.held("a", Hold.CHECK)).isTrue();
    }

    @Test
    void h4OneUnprovenServerThatFailsOnceNeedsOnePassAlone() {
        world.checker(settings -> settings.initial(Initial.DOWN));
        world.seconds(10);
        world.answersInTurn("d", FAIL, FAIL, PASS);
        world.pool.update(List.of(World.servers("a", "b", "c", "d")));
        world.untilAsked("d", 2);
        assertThat(world.held("d", Hold.CHECK)).isTrue();
        assertThat(world.events(Kind.DOWN)).isEmpty(); // it is held because it is unproven, not because it is down
        world.untilAsked("d", 3);
        assertThat(world.held("d", Hold.CHECK)).isFalse();
    }

    @Test
    void aCompleteChangeOfTheListIsNoEmptyPool() {
        world.checker(settings -> settings.initial(Initial.DOWN));
        world.seconds(10);
        world.hangs("x");
        world.hangs("y");
        world.pool.update(List.of(World.servers("x", "y")));
        world.scheduler.runDue();
        assertThat(world.held("x", Hold.CHECK)).isFalse();
        world.seconds(2.1);
        assertThat(world.held("x", Hold.CHECK)).isTrue();
    }

    @Test
    void h24ATimeoutAboveTheIntervalIsRefused() {
        assertThatThrownBy(() -> world.checker(
                        settings -> settings.interval(Duration.ofSeconds(1)).timeout(Duration.ofMillis(1500))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("timeout must be at most interval, or probes of one server would overlap: "
                        + "timeout was 1500 ms, interval 1000 ms");
        world.checker(); // the refused one has claimed nothing
    }

    @Test
    void h24AProbeOfFullLengthIsNeverTwoInFlight() {
        Map<String, Integer> flying = new HashMap<>();
        Probe slow = (server, timeout) -> {
            assertThat(flying.merge(server.id(), 1, Integer::sum)).isEqualTo(1);
            CompletableFuture<ProbeResult> future = new CompletableFuture<>();
            var unused = future.whenComplete((result, thrown) -> flying.merge(server.id(), -1, Integer::sum));
            return future;
        };
        HealthChecker checker = world.checker(
                slow, settings -> settings.interval(Duration.ofSeconds(1)).timeout(Duration.ofSeconds(1)));
        for (int i = 0; i < 100; i++) {
            world.seconds(1);
            var unused = checker.probeNow("a:80"); // joins the one under way
        }
        assertThat(checker.stats().failed()).isGreaterThan(30);
        assertThat(flying.values()).allMatch(n -> n <= 1);
    }

    @Test
    void h27AlternatingResultsChangeNothing() {
        world.answers.put("a:80", n -> World.done(n % 2 == 0 ? PASS : FAIL));
        world.checker(settings -> settings.fall(2));
        world.seconds(600);
        assertThat(world.events).extracting(HealthEvent::kind).containsOnly(Kind.UP);
        assertThat(world.asked("a")).isGreaterThan(150); // after each failure a second, after each pass 5 s
    }

    @Test
    void h27AServerThatFlapsIsAskedLessAndLess() {
        HealthChecker checker = world.checker();
        List<Long> gaps = new ArrayList<>();
        for (int flap = 0; flap < 6; flap++) {
            world.fails("a");
            while (!world.held("a", Hold.CHECK)) world.seconds(0.1);
            gaps.add(checker.status().get(0).gap().toMillis());
            world.passes("a");
            while (world.held("a", Hold.CHECK)) world.seconds(0.1);
        }
        assertThat(gaps.get(0)).isBetween(4000L, 6000L);
        assertThat(gaps.get(1)).isBetween(8000L, 12_000L);
        assertThat(gaps.get(2)).isBetween(16_000L, 24_000L);
        assertThat(gaps.subList(3, 6)).allMatch(gap -> gap >= 24_000 && gap <= 36_000);
        world.seconds(61);
        world.fails("a");
        while (!world.held("a", Hold.CHECK)) world.seconds(0.1);
        assertThat(checker.status().get(0).gap().toMillis()).isBetween(4000L, 6000L); // settled in between
    }

    @Test
    void h29TwoPoolsThatShareAnAddressAreIndependent() {
        World other = new World("a", "b");
        world.fails("a");
        world.checker();
        other.checker();
        world.seconds(60);
        other.seconds(60);
        assertThat(world.held("a", Hold.CHECK)).isTrue();
        assertThat(other.held("a", Hold.CHECK)).isFalse();
    }

    @Test
    void h31ADryRunSeesTheSameAndDoesNothing() {
        world.fails("a");
        HealthChecker checker = world.checker(settings -> settings.dryRun(true).initial(Initial.DOWN));
        world.seconds(60);
        assertThat(world.events(Kind.DOWN))
                .singleElement()
                .satisfies(event -> assertThat(event.enforced()).isFalse());
        assertThat(world.picks(30)).containsEntry("a", 10);
        assertThat(checker.stats().detected()).isEqualTo(3);
        assertThat(checker.stats().enforced()).isZero();
    }

    @Test
    void h31ADryRunTellsTheVeryEventsOfARealOne() {
        List<List<String>> told = new ArrayList<>();
        for (boolean dry : new boolean[] {false, true}) {
            World one = new World("a", "b", "c");
            one.fails("a");
            one.answersInTurn("b", PASS, ProbeResult.degraded(0.5), ProbeResult.drain(), PASS);
            one.checker(settings -> settings.dryRun(dry).suppression(false));
            one.seconds(30);
            one.passes("a");
            one.seconds(90);
            told.add(one.events.stream()
                    .map(event -> event.seq() + " " + event.kind() + " " + event.server() + " " + event.reason() + " "
                            + event.evidence() + " at " + event.nanos())
                    .toList());
            assertThat(one.events).allMatch(event -> event.enforced() != dry).hasSize(7);
            Member once = one.pool.member("a:80");
            assertThat(once.outSince() == once.inSince()).isEqualTo(dry); // it was never out
        }
        assertThat(told.get(1)).isEqualTo(told.get(0));
    }

    @Test
    void aPoolHasOneCheckerAtATime() {
        HealthChecker first = world.checker();
        assertThatThrownBy(() -> world.checker())
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("this pool already has a HealthChecker");
        first.close();
        world.checker();
    }

    @Test
    void aServerThatIsReplacedOrMovesIsANewMember() {
        HealthChecker checker = world.checker();
        world.fails("a");
        while (!world.held("a", Hold.CHECK)) world.seconds(0.1);
        world.pool.update(List.of(World.servers("b", "c")));
        world.seconds(0);
        world.pool.update(List.of(World.servers("a", "b", "c")));
        world.seconds(0);
        assertThat(checker.status().get(0).state()).isEqualTo(CheckState.UNKNOWN);
        assertThat(world.held("a", Hold.CHECK)).isFalse();
        Server moved = Server.builder("elsewhere:81").id("b:80").build();
        world.pool.update(List.of(moved, World.servers("c")[0]));
        world.seconds(0);
        assertThat(checker.status().get(0).state()).isEqualTo(CheckState.UNKNOWN);
    }

    @Test
    void aResultForAServerThatHasLeftIsDropped() {
        CompletableFuture<ProbeResult> late = new CompletableFuture<>();
        world.answers.put("a:80", n -> late);
        HealthChecker checker = world.checker();
        world.untilAsked("a", 1);
        world.pool.update(List.of(World.servers("b", "c")));
        world.seconds(0);
        assertThat(late).isCancelled();
        assertThat(checker.stats().inFlight()).isZero();
    }

    @Test
    void closingTakesBackHoldsAndFactorsInOneChange() {
        world.fails("a");
        world.answers("b", ProbeResult.degraded(0.5));
        HealthChecker checker = world.checker();
        world.seconds(60);
        assertThat(world.weight("b")).isEqualTo(0.5);
        checker.close();
        checker.close();
        assertThat(world.picks(30)).containsEntry("a", 10).containsEntry("b", 10);
        int before = world.events.size();
        assertThat(world.scheduler.waiting()).isZero();
        world.seconds(60);
        assertThat(world.events).hasSize(before);
    }

    @Test
    void aClosedPoolEndsItsCheckerEvenIfItWasEmpty() {
        for (World closed : List.of(world, new World())) {
            closed.checker();
            closed.seconds(10);
            closed.pool.close();
            closed.seconds(60);
            assertThat(closed.scheduler.waiting()).isZero();
        }
    }

    @Test
    void aPassingProbeEndsAnEjectionOnlyIfAskedTo() {
        world.pool.hold("a:80", Hold.OUTLIER);
        world.checker();
        world.seconds(20);
        assertThat(world.held("a", Hold.OUTLIER)).isTrue();
        World willing = new World("a", "b");
        willing.pool.hold("a:80", Hold.OUTLIER);
        willing.checker(settings -> settings.passingProbeEndsEjection(true));
        willing.seconds(6);
        assertThat(willing.held("a", Hold.OUTLIER)).isFalse();
    }
}
