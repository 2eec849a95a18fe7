package org.lb4j.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.lb4j.Lease;
import org.lb4j.Load;
import org.lb4j.Member;
import org.lb4j.Outcome;
import org.lb4j.SelectionContext;
import org.lb4j.Selector;
import org.lb4j.ServerPool;
import org.lb4j.Signal;
import org.lb4j.algorithm.Algorithms;
import org.lb4j.testing.ManualTicker;
import org.lb4j.testing.Pools;

final class LoadsTest {
    private static final double MILLI = 1e6;

    private final ManualTicker ticker = new ManualTicker();
    private final ServerPool pool = Pools.of(ticker, "a", "b");
    private final Member member = pool.member("a");

    static java.util.stream.Stream<Load> all() {
        return java.util.stream.Stream.of(Loads.inFlight(), Loads.responseTime(), Loads.peakEwma(), Loads.reported());
    }

    private Lease call(Load load) {
        Selector selector = pool.selector(Algorithms.leastLoaded(load));
        return selector.acquire(SelectionContext.only("a"));
    }

    private void answersIn(Load load, int millis) {
        try (Lease lease = call(load)) {
            ticker.advance(Duration.ofMillis(millis));
            lease.success();
        }
    }

    private double cost(Load load) {
        return load.of(member, ticker.nanos());
    }

    @Test
    void inFlightCountsThisCallToo() {
        assertThat(cost(Loads.inFlight())).isOne();
        Lease first = call(Loads.inFlight());
        call(Loads.inFlight());
        assertThat(cost(Loads.inFlight())).isEqualTo(3);
        first.answered();
        assertThat(cost(Loads.inFlight())).isEqualTo(3);
        first.success();
        assertThat(cost(Loads.inFlight())).isEqualTo(2);
    }

    @Test
    void responseTimeIsMeanLatencyTimesCalls() {
        answersIn(Loads.responseTime(), 10);
        assertThat(cost(Loads.responseTime())).isEqualTo(10 * MILLI);
        Lease stuck = call(Loads.responseTime());
        assertThat(cost(Loads.responseTime())).isEqualTo(20 * MILLI);
        stuck.end(Outcome.CANCELLED);
        ticker.advance(Duration.ofMillis(9980)); // one time constant after the first sample, the next one comes
        answersIn(Loads.responseTime(), 20);
        double forgotten = Math.exp(-1);
        assertThat(cost(Loads.responseTime()))
                .isEqualTo((forgotten * 10 + (1 - forgotten) * 20) * MILLI, within(1000.0));
    }

    @Test
    void aFractionOfAMillisecondIsNotRoundedAway() {
        try (Lease lease = call(Loads.responseTime())) {
            ticker.advance(Duration.ofNanos(1234));
            lease.success();
        }
        assertThat(cost(Loads.responseTime())).isEqualTo(1234);
    }

    @Test
    void reportedIsTheLastUtilisationForThreeMinutes() {
        assertThat(cost(Loads.reported())).isNaN();
        try (Lease lease = call(Loads.reported())) {
            lease.report("TEXT cpu_utilization=0.7");
            lease.success();
        }
        assertThat(cost(Loads.reported())).isEqualTo(0.7);
        ticker.advance(Duration.ofMinutes(3));
        assertThat(cost(Loads.reported())).isEqualTo(0.7);
        ticker.advance(Duration.ofNanos(1));
        assertThat(cost(Loads.reported())).isNaN();
    }

    /** The word of one fresh failure is 1. */
    @ParameterizedTest
    @MethodSource("all")
    void aFailureMakesEveryLoadFiveTimesAsDear(Load load) {
        try (Lease lease = call(load)) {
            lease.report("TEXT cpu_utilization=0.7");
            lease.success();
        }
        double before = cost(load);
        call(load).failure();
        assertThat(cost(load)).isEqualTo(5 * before, within(1e-6 * before));
        ticker.advance(Duration.ofMinutes(2));
        assertThat(member.failureLoad(ticker.nanos())).isZero();
    }

    @Test
    void withoutAClockInFlightForgivesFailures() {
        call(Loads.inFlight()).failure();
        assertThat(Loads.inFlight().of(member, 0)).isOne();
    }

    @Test
    void whoFailsBeforeItWasEverMeasuredIsNotProbedForAWhile() {
        call(Loads.peakEwma()).failure();
        assertThat(cost(Loads.peakEwma())).isGreaterThan(1e15);
        ticker.advance(Duration.ofSeconds(7));
        assertThat(cost(Loads.peakEwma())).isZero();
    }

    @Test
    void weightDividesCallsAndNotLatency() {
        answersIn(Loads.responseTime(), 10);
        call(Loads.responseTime());
        call(Loads.responseTime());
        long now = ticker.nanos();
        assertThat(Loads.inFlight().of(member, 2, now)).isEqualTo(1.5);
        assertThat(Loads.responseTime().of(member, 2, now)).isEqualTo(20 * MILLI);
        assertThat(Loads.responseTime().of(member, 0.5, now)).isEqualTo(50 * MILLI);
    }

    @Test
    void eachLoadAsksForWhatItReadsAndNoMore() {
        assertThat(Loads.inFlight().signals()).isEmpty();
        assertThat(Loads.responseTime().signals()).isEqualTo(Set.of(Signal.MEAN_LATENCY));
        assertThat(Loads.peakEwma().signals()).isEqualTo(Set.of(Signal.PEAK_LATENCY));
        assertThat(Loads.reported().signals()).isEqualTo(Set.of(Signal.REPORT));
    }

    @ParameterizedTest
    @MethodSource("all")
    void aLoadTellsItsNameInTheAlgorithms(Load load) {
        assertThat(Algorithms.leastLoaded(load)).hasToString("leastLoaded(" + load + ")");
        assertThat(Algorithms.powerOf(3, load)).hasToString("powerOf(3, " + load + ")");
        assertThat(load.toString()).endsWith("()");
    }
}
