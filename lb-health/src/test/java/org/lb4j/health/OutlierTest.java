package org.lb4j.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lb4j.Hold;
import org.lb4j.Lease;
import org.lb4j.Outcome;
import org.lb4j.SelectionContext;
import org.lb4j.Selector;
import org.lb4j.algorithm.Algorithms;
import org.lb4j.health.HealthEvent.Kind;

/** Who is ejected and who is not, in virtual time. */
final class OutlierTest {
    static OutlierDetector detector(World world) {
        return detector(world, settings -> {});
    }

    private static OutlierDetector detector(World world, Consumer<OutlierDetector.Builder> settings) {
        OutlierDetector.Builder builder = OutlierDetector.builder(world.pool)
                .scheduler(world.scheduler)
                .random(new java.util.Random(World.SEED))
                .listener(world.events::add);
        settings.accept(builder);
        OutlierDetector detector = builder.start();
        world.seconds(0);
        return detector;
    }

    private static List<String> hosts(List<HealthEvent> events) {
        return events.stream().map(event -> event.server().host()).toList();
    }

    @ParameterizedTest
    @ValueSource(ints = {10, 3, 2})
    void p1p2TwentyFiveFailuresInARowEjectAServer(int servers) {
        World world = World.of(servers);
        detector(world);
        new Traffic(world).run(10 * servers, 20);
        int failures = 0;
        for (; !world.held("s0", Hold.OUTLIER) && failures < 100; failures++) {
            world.seconds(0.05);
            world.call("s0", Outcome.FAILURE);
            for (int i = 1; i < servers; i++) world.call("s" + i, Outcome.SUCCESS);
            world.seconds(0);
        }
        assertThat(failures).isBetween(5, 24);
        assertThat(hosts(world.events(Kind.EJECTED))).containsExactly("s0");
        assertThat(world.events(Kind.EJECTED).get(0).evidence()).contains("calls failed in a row");
    }

    @Test
    void p3AServerAloneIsNeverEjected() {
        World world = World.of(1);
        detector(world);
        new Traffic(world).usually(1).run(20, 60);
        assertThat(world.events).isEmpty();
    }

    @Test
    void p4TenServersAtOnePercentForAnHourAreLeftAlone() {
        World world = World.of(10);
        detector(world);
        new Traffic(world).usually(0.01).run(100, 3600);
        // The relative rule needs 13 failures in 100 calls where 1 is expected: 10^-9 a window and server.
        assertThat(world.events).isEmpty();
    }

    @Test
    void p6AllOrMostFailingTogetherEjectsNobody() {
        for (int failing : new int[] {10, 8}) {
            World world = World.of(10);
            detector(world);
            Traffic traffic = new Traffic(world).usually(0.01);
            traffic.run(100, 20);
            for (int i = 0; i < failing; i++) traffic.errors("s" + i, 1);
            traffic.run(100, 30);
            assertThat(world.events).extracting(HealthEvent::kind).containsExactly(Kind.CORRELATED_FAILURE);
            assertThat(world.picks(100)).hasSize(10);
            traffic.allWell().run(100, 30);
            assertThat(world.events)
                    .extracting(HealthEvent::kind)
                    .containsExactly(Kind.CORRELATED_FAILURE, Kind.CORRELATED_END);
        }
    }

    @Test
    void whenTheRestFailTooTheEjectedAreLifted() {
        World world = World.of(10);
        detector(world);
        Traffic traffic = new Traffic(world);
        traffic.run(100, 20);
        traffic.errors("s0", 1).errors("s1", 1).run(100, 5);
        assertThat(world.events(Kind.EJECTED)).hasSize(2);
        for (int i = 2; i < 10; i++) traffic.errors("s" + i, 1);
        traffic.run(100, 3);
        assertThat(world.events(Kind.CORRELATED_FAILURE)).hasSize(1);
        assertThat(world.events(Kind.RETURNED)).hasSize(2);
        assertThat(world.picks(100)).hasSize(10);
    }

    @Test
    void p7p8ThreeOfTenDeadAreEjectedAndAFourthGoesOnServing() {
        World world = World.of(10);
        OutlierDetector detector = detector(world);
        Traffic traffic = new Traffic(world).usually(0.01);
        traffic.run(100, 20);
        traffic.errors("s1", 1).errors("s4", 1).errors("s7", 1).run(100, 5);
        assertThat(hosts(world.events(Kind.EJECTED))).containsExactlyInAnyOrder("s1", "s4", "s7");
        assertThat(detector.stats().allowance()).isEqualTo(3);
        traffic.errors("s9", 1).run(100, 3);
        assertThat(hosts(world.events(Kind.EJECTION_OVERFLOW))).containsExactly("s9");
        assertThat(world.events(Kind.EJECTION_OVERFLOW).get(0).evidence()).endsWith("3 out, 3 allowed, 7 in traffic");
        assertThat(world.picks(70)).containsEntry("s9", 10);
    }

    @Test
    void neverTheLastServerInTrafficWhoeverTookOutTheOthers() {
        World world = World.of(4);
        detector(world);
        for (int i = 1; i < 4; i++) world.pool.hold("s" + i + ":80", Hold.ADMIN);
        new Traffic(world).usually(1).run(20, 30);
        assertThat(world.events).extracting(HealthEvent::kind).containsExactly(Kind.EJECTION_OVERFLOW);
    }

    @Test
    void p10CancelledCallsAreNothing() {
        World world = World.of(3);
        OutlierDetector detector = detector(world);
        new Traffic(world).run(30, 5);
        long calls = detector.status().get(0).calls();
        for (int i = 0; i < 1000; i++) {
            world.call("s0", Outcome.CANCELLED);
            world.seconds(0.001);
        }
        assertThat(detector.status().get(0).calls()).isEqualTo(calls);
        assertThat(world.events).isEmpty();
        // Nor do they end a streak.
        for (int i = 0; i < 11; i++) {
            world.call("s0", Outcome.FAILURE);
            world.call("s0", Outcome.CANCELLED);
            world.seconds(0.06);
        }
        assertThat(hosts(world.events(Kind.EJECTED))).containsExactly("s0");
    }

    @Test
    void oneTooBusyIsAnOutlierAndAllTooBusyIsOverload() {
        World world = World.of(5);
        detector(world);
        for (int i = 0; i < 1000; i++) {
            world.seconds(0.01);
            for (int s = 0; s < 5; s++) world.call("s" + s, Outcome.REJECTED);
        }
        assertThat(world.events).isEmpty();
        for (int i = 0; i < 1000 && world.events.isEmpty(); i++) {
            world.seconds(0.01);
            for (int s = 0; s < 5; s++) world.call("s" + s, s == 0 ? Outcome.REJECTED : Outcome.SUCCESS);
        }
        assertThat(hosts(world.events(Kind.EJECTED))).containsExactly("s0");
    }

    @Test
    void p16NewSettingsKeepCountsAndEjections() {
        World world = World.of(10);
        OutlierDetector detector = detector(world);
        Traffic traffic = new Traffic(world);
        traffic.run(100, 10);
        traffic.errors("s0", 1).run(100, 3);
        assertThat(world.held("s0", Hold.OUTLIER)).isTrue();
        long calls = detector.status().get(1).calls();
        detector.settings(OutlierSettings.defaults().withMaxEjected(0.5).withThreshold(0.6));
        world.seconds(0);
        assertThat(world.held("s0", Hold.OUTLIER)).isTrue();
        assertThat(detector.status().get(1).calls()).isEqualTo(calls);
        assertThat(detector.stats().allowance()).isEqualTo(5);
    }

    @Test
    void aDryRunSeesTheSameAndDoesNothingAndItsEndCarriesItOut() {
        World world = World.of(10);
        OutlierDetector detector = detector(
                world, settings -> settings.settings(OutlierSettings.defaults().withDryRun(true)));
        Traffic traffic = new Traffic(world).errors("s0", 1);
        traffic.run(100, 5);
        assertThat(world.events(Kind.EJECTED))
                .singleElement()
                .satisfies(event -> assertThat(event.enforced()).isFalse());
        assertThat(world.held("s0", Hold.OUTLIER)).isFalse();
        assertThat(detector.stats().detected()).isEqualTo(1);
        assertThat(detector.stats().enforced()).isZero();
        detector.settings(OutlierSettings.defaults());
        world.seconds(0);
        assertThat(world.held("s0", Hold.OUTLIER)).isTrue();
        detector.settings(OutlierSettings.defaults().withDryRun(true));
        world.seconds(0);
        assertThat(world.held("s0", Hold.OUTLIER)).isFalse();
    }

    @Test
    void p24FiftyCallsThatFailInOneMillisecondAreOneBrokenConnection() {
        World world = World.of(3);
        detector(world);
        new Traffic(world).run(300, 10);
        for (int i = 0; i < 50; i++) world.call("s0", Outcome.FAILURE);
        world.seconds(0.001);
        new Traffic(world).run(300, 10);
        assertThat(world.events).isEmpty();
    }

    @Test
    void aBurstOfFailuresAndThenSilenceIsNoStreak() {
        World world = World.of(3);
        detector(world);
        for (int i = 0; i < 15; i++) world.call("s0", Outcome.FAILURE); // in one moment, fewer than rule 1 needs
        world.seconds(60);
        assertThat(world.events).isEmpty();
    }

    @Test
    void callsThatFailWhileNobodyMayBeEjectedKeepNoThreadBusy() {
        World world = World.of(10);
        AtomicInteger handedOver = new AtomicInteger();
        detector(world, settings -> settings.scheduler(counting(world, handedOver)));
        Traffic traffic = new Traffic(world).usually(1);
        traffic.run(100, 10);
        assertThat(world.events(Kind.CORRELATED_FAILURE)).hasSize(1);
        handedOver.set(0);
        traffic.run(1000, 10);
        assertThat(handedOver).hasValueLessThanOrEqualTo(10); // of 10,000 failed calls: once a server
        world.pool.update(List.of(World.servers("s0", "s1", "s2", "s3")));
        traffic.allWell().errors("s0", 1).run(100, 20); // one of four may be out, and is; the second overflows
        traffic.errors("s1", 1).run(100, 5);
        assertThat(world.events(Kind.EJECTION_OVERFLOW)).hasSize(1);
        handedOver.set(0);
        traffic.run(1000, 5);
        assertThat(handedOver).hasValueLessThanOrEqualTo(2 * 6);
    }

    /** The scheduler, and how often it is handed something to be done at once. */
    private static ScheduledExecutorService counting(World world, AtomicInteger count) {
        return scheduler((method, arguments) -> {
            if (method.getName().equals("execute")) count.incrementAndGet();
            return method.invoke(world.scheduler, arguments);
        });
    }

    private interface Behaviour {
        Object invoke(Method method, Object[] arguments) throws ReflectiveOperationException;
    }

    private static ScheduledExecutorService scheduler(Behaviour behaviour) {
        return (ScheduledExecutorService) Proxy.newProxyInstance(
                OutlierTest.class.getClassLoader(),
                new Class<?>[] {ScheduledExecutorService.class},
                (proxy, method, arguments) -> behaviour.invoke(method, arguments));
    }

    @Test
    void aDryRunThatEndsDuringATrialHoldsBeforeItTries() {
        World world = World.of(10);
        // As one with several threads might: what is due at once runs before the task that asked for it is over.
        ScheduledExecutorService eager = scheduler((method, arguments) -> {
            boolean now = method.getName().equals("schedule") && arguments[1].equals(0L);
            if (now) ((Runnable) arguments[0]).run();
            return now
                    ? world.scheduler.schedule(() -> {}, 0, TimeUnit.NANOSECONDS)
                    : method.invoke(world.scheduler, arguments);
        });
        OutlierDetector detector = detector(
                world,
                settings -> settings.scheduler(eager)
                        .settings(OutlierSettings.defaults().withDryRun(true)));
        Traffic traffic = new Traffic(world).errors("s0", 1);
        traffic.run(100, 3);
        traffic.allWell();
        while (world.events(Kind.TRIAL).isEmpty()) world.seconds(0.1);
        detector.settings(OutlierSettings.defaults());
        world.seconds(0);
        assertThat(world.held("s0", Hold.OUTLIER)).isTrue();
        assertThat(world.pool.status().get(0).onTrial()).isTrue();
        traffic.run(100, 2);
        assertThat(hosts(world.events(Kind.RETURNED))).containsExactly("s0");
    }

    @Test
    void whatSomebodyReleasedIsNotPutOnTrial() {
        World world = World.of(10);
        OutlierDetector detector = detector(world);
        new Traffic(world).errors("s0", 1).run(100, 3);
        double left = (detector.status().get(0).until() - world.now()) / 1e9;
        world.seconds(left - 0.001); // no sweep comes in between
        world.pool.release("s0:80", Hold.OUTLIER);
        world.seconds(60);
        assertThat(world.events(Kind.TRIAL)).isEmpty();
        assertThat(hosts(world.events(Kind.RETURNED))).containsExactly("s0");
    }

    @Test
    void aPauseOfThisProcessIsOneLateSweepAndNoEjection() {
        World world = World.of(5);
        OutlierDetector detector = detector(world);
        Traffic traffic = new Traffic(world).usually(0.05);
        traffic.run(100, 20);
        world.scheduler.standStill(Duration.ofMinutes(10));
        traffic.run(100, 20);
        assertThat(world.events).isEmpty();
        assertThat(detector.status().get(0).calls()).isBetween(190L, 220L); // the window is of sweeps, and one was late
    }

    @Test
    void p25TheOnlyServerWithTrafficIsEjectedAndThatIsNoCorrelation() {
        World world = World.of(3);
        detector(world);
        Selector first = world.pool.selector(Algorithms.firstAvailable());
        Traffic traffic = new Traffic(world, first).errors("s0", 1);
        traffic.run(20, 5);
        assertThat(hosts(world.events(Kind.EJECTED))).containsExactly("s0");
        assertThat(world.events(Kind.CORRELATED_FAILURE)).isEmpty();
        assertThat(traffic.calls("s1")).isPositive();
    }

    @Test
    void callsThatBeganBeforeAnEjectionAreIgnored() {
        World world = World.of(3);
        OutlierDetector detector = detector(world);
        Selector selector = world.pool.selector(Algorithms.roundRobin());
        List<Lease> old = new ArrayList<>();
        for (int i = 0; i < 100; i++) old.add(selector.acquire(SelectionContext.only("s0:80")));
        new Traffic(world).errors("s0", 1).run(30, 5);
        assertThat(world.held("s0", Hold.OUTLIER)).isTrue();
        for (Lease each : old) each.success();
        assertThat(detector.status().get(0).calls()).isZero();
    }

    @Test
    void oneDetectorAPoolAndClosingReturnsTheEjected() {
        World world = World.of(3);
        OutlierDetector detector = detector(world);
        assertThatThrownBy(() -> OutlierDetector.start(world.pool))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("this pool already has an OutlierDetector");
        new Traffic(world).errors("s0", 1).run(30, 5);
        assertThat(world.held("s0", Hold.OUTLIER)).isTrue();
        detector.close();
        detector.close();
        assertThat(world.held("s0", Hold.OUTLIER)).isFalse();
        assertThat(world.scheduler.waiting()).isZero();
        detector(world).close();
    }

    @Test
    void settingsRefuseWhatMakesNoSense() {
        assertThatThrownBy(() -> OutlierSettings.defaults().withMaxEjected(1.5))
                .hasMessage("maxEjected must be in (0, 1), was 1.5");
        assertThatThrownBy(() -> OutlierSettings.defaults().withEjection(Duration.ofSeconds(10), Duration.ofSeconds(1)))
                .hasMessage("maxEjection must be at least ejection, PT10S, was PT1S");
    }
}
