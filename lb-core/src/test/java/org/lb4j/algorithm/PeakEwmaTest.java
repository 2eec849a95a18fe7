package org.lb4j.algorithm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.lb4j.Lease;
import org.lb4j.Selector;
import org.lb4j.ServerPool;
import org.lb4j.algorithm.Traffic.Behaviour;
import org.lb4j.testing.ManualTicker;
import org.lb4j.testing.Pools;
import org.lb4j.testing.Servers;

/** Finagle's experiments, and the defects of its followers. */
final class PeakEwmaTest {
    private static final int CALLS = 100_000;
    private static final Duration TICK = Duration.ofMillis(1);

    private final ManualTicker ticker = new ManualTicker();

    private ServerPool pool(int servers) {
        int[] weights = new int[servers];
        Arrays.fill(weights, 1);
        return Pools.settings(ticker)
                .latencyDecay(TICK.multipliedBy(150))
                .servers(Servers.weighing(weights))
                .build();
    }

    private Traffic.Phase callsOneATick(ServerPool pool, int ticksOfTheLast) {
        String last = "s" + (pool.members().size() - 1);
        Behaviour behaviour =
                Behaviour.latency(server -> TICK.multipliedBy(server.id().equals(last) ? ticksOfTheLast : 5));
        return new Traffic(pool, ticker, behaviour).open(pool.selector(Algorithms.peakEwma()), TICK, CALLS);
    }

    /** Published: within 50, which is 2.6 deviations, so a few of a hundred may be beyond; 120 are 6 deviations. */
    @Test
    void equalServersGetEqualShares() {
        int[] counts = callsOneATick(pool(100), 5).picks.counts();
        assertThat(counts).satisfies(each -> assertThat(Arrays.stream(each)).allMatch(n -> n > 880 && n < 1120));
        assertThat(Arrays.stream(counts).filter(n -> Math.abs(n - 1000) <= 50).count())
                .isGreaterThanOrEqualTo(90);
    }

    @Test
    void aServerThatNeverAnswersGetsOneCall() {
        assertThat(callsOneATick(pool(101), 2 * CALLS).picks.of("s100")).isOne();
    }

    /** 496 with this seed; the others have about 995. */
    @Test
    void aServerThatIsTwiceAsSlowGetsHalfTheCalls() {
        assertThat(callsOneATick(pool(101), 10).picks.of("s100")).isBetween(400, 600);
    }

    @Test
    void anUnknownServerIsProbedByOneCallAtATime() {
        ServerPool pool = Pools.of(ticker, "a", "b", "new");
        Selector selector = pool.selector(Algorithms.peakEwma());
        Busy busy = new Busy(pool);
        busy.answered("a", ticker, Duration.ofSeconds(1));
        busy.answered("b", ticker, Duration.ofSeconds(1));
        // Whoever draws it prefers the unknown one while it is idle, and nobody does while it has a call.
        assertThat(Picks.of(pool, 10_000, selector::next).share("new")).isEqualTo(2.0 / 3, within(0.03));
        try (Lease probe = busy.on("new")) {
            Busy.with(pool, 50, 50);
            assertThat(Picks.of(pool, 10_000, selector::next).of("new")).isZero();
            probe.success();
        }
    }

    /** Who rounds to milliseconds takes both for 0. One call at a time: the faster one has nearly all of them. */
    @Test
    void aFifthAndTwoFifthsOfAMillisecondAreToldApart() {
        ServerPool pool = Pools.of(ticker, "a", "b");
        Behaviour behaviour =
                Behaviour.latency(server -> Duration.ofNanos(server.id().equals("a") ? 200_000 : 400_000));
        Selector selector = pool.selector(Algorithms.peakEwma());
        Traffic traffic = new Traffic(pool, ticker, behaviour);
        traffic.closed(selector, 1, 100);
        assertThat(traffic.closed(selector, 1, 10_000).share("a")).isGreaterThan(0.99);
        traffic.closed(selector, 30, 1000);
        assertThat(traffic.closed(selector, 30, 10_000).share("a")).isEqualTo(0.8, within(0.02));
    }
}
