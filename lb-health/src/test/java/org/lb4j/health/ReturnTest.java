package org.lb4j.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.lb4j.Hold;
import org.lb4j.Lease;
import org.lb4j.Outcome;
import org.lb4j.Selector;
import org.lb4j.Server;
import org.lb4j.ServerPool;
import org.lb4j.algorithm.Algorithms;
import org.lb4j.health.HealthEvent.Kind;
import org.lb4j.shape.Shapers;

/** How long servers are out, and how they come back, in virtual time. */
final class ReturnTest {
    private static OutlierDetector detector(World world) {
        OutlierDetector detector = OutlierDetector.builder(world.pool)
                .scheduler(world.scheduler)
                .random(new Random(World.SEED))
                .listener(world.events::add)
                .start();
        world.seconds(0);
        return detector;
    }

    private static double secondsBetween(HealthEvent from, HealthEvent to) {
        return (to.nanos() - from.nanos()) / 1e9;
    }

    @Test
    void p14EjectionsInARowLast10And20And40UpTo300Seconds() {
        World world = World.of(10);
        detector(world);
        new Traffic(world).errors("s0", 1).run(20, 1500);
        double[] nominal = {10, 20, 40, 80, 160, 300, 300};
        for (int i = 0; i < nominal.length; i++) {
            double lasted = secondsBetween(
                    world.events(Kind.EJECTED).get(i), world.events(Kind.TRIAL).get(i));
            assertThat(lasted).isBetween(0.8 * nominal[i], 1.2 * nominal[i]);
        }
        // One call each is what the trials cost.
        assertThat(world.events(Kind.RETURNED)).isEmpty();
    }

    @Test
    void p14TenSecondsInServiceAreOneStepLess() {
        World world = World.of(10);
        detector(world);
        Traffic traffic = new Traffic(world).errors("s0", 1);
        traffic.run(20, 200); // four in a row: 10, 20, 40, 80
        int ejections = world.events(Kind.EJECTED).size();
        assertThat(ejections).isGreaterThanOrEqualTo(4);
        traffic.allWell();
        while (world.events(Kind.RETURNED).isEmpty()) traffic.run(20, 1);
        HealthEvent trial =
                world.events(Kind.TRIAL).get(world.events(Kind.TRIAL).size() - 1);
        double untilNow = (world.now() - trial.nanos()) / 1e9;
        traffic.run(20, 25 - untilNow); // 25 s after the end as scheduled: two steps less
        traffic.errors("s0", 1).run(20, 5);
        HealthEvent last =
                world.events(Kind.EJECTED).get(world.events(Kind.EJECTED).size() - 1);
        double steps = Math.floor((last.nanos() - trial.nanos()) / 10e9);
        traffic.run(20, 400);
        HealthEvent next = world.events(Kind.TRIAL).stream()
                .filter(event -> event.nanos() > last.nanos())
                .findFirst()
                .orElseThrow();
        double nominal = Math.min(300, 10 * Math.pow(2, ejections - steps));
        assertThat(secondsBetween(last, next)).isBetween(0.8 * nominal, 1.2 * nominal);
    }

    @Test
    void theWayBackIsOneCallAtATimeAndThreeGoodOnes() {
        World world = World.of(3);
        detector(world);
        Traffic traffic = new Traffic(world).errors("s0", 1);
        traffic.run(30, 5);
        while (world.events(Kind.TRIAL).isEmpty()) world.seconds(0.1);
        assertThat(world.pool.status().get(0).onTrial()).isTrue();
        Selector selector = world.pool.selector(Algorithms.roundRobin());
        for (int trial = 0; trial < 3; trial++) {
            List<Lease> burst = java.util.stream.Stream.generate(selector::acquire)
                    .limit(30)
                    .toList();
            assertThat(burst.stream().filter(lease -> lease.server().host().equals("s0")))
                    .hasSize(1);
            burst.forEach(Lease::success);
            world.seconds(0.01);
        }
        assertThat(world.events(Kind.RETURNED))
                .singleElement()
                .satisfies(event -> assertThat(event.evidence()).isEqualTo("3 trial calls went well"));
        assertThat(world.held("s0", Hold.OUTLIER)).isFalse();
        assertThat(world.picks(30)).containsEntry("s0", 10);
    }

    @Test
    void aTrialThatIsCancelledOrRejectedCountsNothingAndALostOneWedgesNobody() {
        World world = World.of(3);
        detector(world);
        Traffic traffic = new Traffic(world).errors("s0", 1);
        traffic.run(30, 5);
        while (world.events(Kind.TRIAL).isEmpty()) world.seconds(0.1);
        Selector selector = world.pool.selector(Algorithms.roundRobin());
        trial(selector).end(Outcome.CANCELLED);
        trial(selector).end(Outcome.REJECTED);
        Lease lost = trial(selector);
        world.seconds(4.9);
        assertThat(selector.acquire().server().host()).isNotEqualTo("s0");
        world.seconds(0.2);
        trial(selector).success();
        trial(selector).success();
        assertThat(world.events(Kind.RETURNED)).isEmpty();
        lost.success(); // late, and still counts
        world.seconds(0);
        assertThat(world.events(Kind.RETURNED)).hasSize(1);
    }

    @Test
    void anAlgorithmMayCloseTheDetectorThatPutsAServerOnTrial() {
        World world = World.of(3);
        OutlierDetector detector = detector(world);
        new Traffic(world).errors("s0", 1).run(30, 5);
        assertThat(world.held("s0", Hold.OUTLIER)).isTrue();
        boolean[] armed = new boolean[1];
        Selector closing = world.pool.selector((roster, before) -> {
            if (armed[0]) detector.close();
            armed[0] = false;
            return (context, now) -> roster.member(0);
        });
        assertThat(closing.next()).isNotNull();
        armed[0] = true; // the next change is the trial
        for (int i = 0; i < 200 && armed[0]; i++) world.seconds(0.1);
        assertThat(armed[0]).isFalse();
        assertThat(world.scheduler.waiting()).isZero();
        assertThat(world.held("s0", Hold.OUTLIER)).isFalse();
        world.pool.hold("s0:80", Hold.OUTLIER);
        assertThat(world.pool.status().get(0).onTrial()).isFalse();
    }

    private static Lease trial(Selector selector) {
        for (int i = 0; i < 10; i++) {
            Lease lease = selector.acquire();
            if (lease.server().host().equals("s0")) return lease;
            lease.success();
        }
        throw new AssertionError("no call fell to the server on trial");
    }

    @Test
    void p15AServerThatIsRemovedAndAddedAgainBeginsAfresh() {
        World world = World.of(6);
        OutlierDetector detector = detector(world);
        new Traffic(world).errors("s0", 1).errors("s1", 1).run(60, 5);
        assertThat(detector.stats().out()).isEqualTo(2);
        world.pool.update(List.of(World.servers("s2", "s3", "s4", "s5")));
        world.pool.update(List.of(World.servers(World.names(6))));
        world.seconds(1);
        assertThat(detector.stats().out()).isZero();
        assertThat(detector.status().get(0).ejected()).isFalse();
        assertThat(detector.status().get(0).evidence()).isEmpty();
        assertThat(world.picks(60)).containsEntry("s0", 10);
    }

    @Test
    void whatSomebodyElseReleasesIsBack() {
        World world = World.of(6);
        OutlierDetector detector = detector(world);
        new Traffic(world).errors("s0", 1).run(60, 5);
        world.pool.release("s0:80", Hold.OUTLIER);
        world.seconds(1);
        assertThat(world.events(Kind.RETURNED)).hasSize(1);
        assertThat(detector.status().get(0).ejected()).isFalse();
    }

    @Test
    void whileAServerIsOnTrialTheOthersShareEvenly() {
        for (int servers = 3; servers <= 8; servers++) {
            World world = World.of(servers);
            detector(world);
            Traffic traffic = new Traffic(world).errors("s0", 1);
            traffic.run(50, 5);
            while (world.events(Kind.TRIAL).isEmpty()) world.seconds(0.1);
            Selector selector = world.pool.selector(Algorithms.roundRobin());
            Traffic rejected = new Traffic(world, selector);
            Lease trial = trial(selector); // keeps the permit, so that the trial goes on
            rejected.run(100 * (servers - 1), 1);
            for (int i = 1; i < servers; i++)
                assertThat(rejected.calls("s" + i)).isBetween(99, 101);
            trial.end(Outcome.CANCELLED);
            rejected.calls.clear();
            for (int i = 0; i < 100 * servers; i++) selector.acquire().end(Outcome.REJECTED);
            for (int i = 0; i < 100 * servers; i++) {
                Lease lease = selector.acquire();
                rejected.calls.merge(lease.server().host(), 1, Integer::sum);
                lease.end(Outcome.REJECTED); // counts nothing: the trial goes on
            }
            for (int i = 0; i < servers; i++)
                assertThat(rejected.calls("s" + i)).isBetween(98, 102);
        }
    }

    private static World ramping(String... names) {
        return new World(ServerPool.builder().shaper(Shapers.slowStart(Duration.ofSeconds(30))), names);
    }

    @Test
    void aServerThatReturnsFromTrialRampsUp() {
        World world = ramping(World.names(5));
        detector(world);
        Traffic traffic = new Traffic(world).errors("s0", 1);
        traffic.run(50, 5);
        traffic.allWell();
        while (world.events(Kind.RETURNED).isEmpty()) traffic.run(50, 0.1);
        assertThat(world.weight("s0")).isEqualTo(0.1);
        world.seconds(15);
        assertThat(world.weight("s0")).isBetween(0.4, 0.6);
        world.seconds(16);
        assertThat(world.weight("s0")).isEqualTo(1);
    }

    @Test
    void p20AServerThatJoinsDoesNotDisturbTheRampOfAnother() {
        World joined = ramping("a", "b", "c", "d", "e");
        World alone = ramping("a", "b", "c", "d", "e"); // the same, and nobody joins
        for (World world : List.of(joined, alone)) {
            world.pool.hold("a:80", Hold.OUTLIER);
            world.seconds(60);
            world.pool.release("a:80", Hold.OUTLIER);
            world.seconds(15);
        }
        joined.pool.update(List.of(World.servers("a", "b", "c", "d", "e", "f")));
        assertThat(joined.weight("f")).isEqualTo(0.1);
        for (int i = 0; i < 4; i++) {
            assertThat(joined.weight("a")).isEqualTo(alone.weight("a")).isBetween(0.4 + i / 6.0, 0.6 + i / 6.0);
            for (World world : List.of(joined, alone)) world.seconds(5);
        }
    }

    @Test
    void p21AWholeFleetThatIsNewHasEqualSharesAtOnce() {
        World world = ramping("a", "b");
        world.checker();
        world.seconds(60);
        world.pool.update(List.of(World.servers("x", "y", "z")));
        assertThat(world.picks(30))
                .containsEntry("x", 10)
                .containsEntry("y", 10)
                .containsEntry("z", 10);
    }

    @Test
    void p22AServerOfWeight0IsNeverPickedNotEvenInPanic() {
        World world = new World("a", "b");
        world.pool.update(List.of(
                World.servers("a", "b")[0],
                World.servers("a", "b")[1],
                Server.builder("z:80").weight(0).build()));
        for (String name : new String[] {"a", "b", "z"}) world.fails(name);
        world.checker();
        world.seconds(30);
        assertThat(world.pool.panic()).isTrue();
        assertThat(world.picks(30)).containsOnlyKeys("a", "b");
    }
}
