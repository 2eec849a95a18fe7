package org.lb4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.EnumSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.lb4j.testing.ManualTicker;
import org.lb4j.testing.PlainDraw;
import org.lb4j.testing.Pools;

/** What the calls of a member leave behind: the words that loads read. */
final class MemberSignalsTest {
    private static final Decay RECENT = Decay.over(Duration.ofSeconds(20));
    private static final double MS = 1e6;

    private final ManualTicker ticker = new ManualTicker();
    private final ServerPool pool = Pools.of(Pools.settings(ticker).latencyDecay(Duration.ofSeconds(1)), "a", "b");
    private final Member a = pool.member("a");

    /** Keeps the measuring selector, and calls a alone. */
    private Selector measuring(Set<Signal> signals) {
        return pool.selector((roster, before) -> {
            signals.forEach(roster::measure);
            return new PlainDraw().compile(roster, before);
        });
    }

    private Lease acquired(Selector selector) {
        return selector.acquire(SelectionContext.only("a"));
    }

    private void call(Selector selector, long millis, Outcome outcome) {
        Lease lease = acquired(selector);
        ticker.advance(Duration.ofMillis(millis));
        lease.end(outcome);
    }

    @Test
    void whatNobodyAsksForIsNotMeasured() {
        Selector selector = measuring(EnumSet.noneOf(Signal.class));
        Lease lease = acquired(selector);
        ticker.advance(Duration.ofMillis(10));
        lease.report("TEXT cpu_utilization=0.3");
        lease.success();
        assertThat(a.peakLatency(ticker.nanos())).isNaN();
        assertThat(a.meanLatency(ticker.nanos())).isNaN();
        assertThat(a.recentLatency(ticker.nanos(), RECENT)).isNaN();
        assertThat(a.reported(ticker.nanos())).isNaN();
        assertThat(a.report()).isNull();
    }

    @Test
    void eachSignalIsMeasuredForItself() {
        Selector selector = measuring(EnumSet.of(Signal.PEAK_LATENCY, Signal.MEAN_LATENCY));
        call(selector, 10, Outcome.SUCCESS);
        assertThat(a.meanLatency(ticker.nanos())).isEqualTo(10 * MS);
        assertThat(a.peakLatency(ticker.nanos())).isEqualTo(10 * MS);
        assertThat(a.recentLatency(ticker.nanos(), RECENT)).isNaN();
        measuring(EnumSet.of(Signal.RECENT_LATENCY));
        call(selector, 20, Outcome.SUCCESS);
        assertThat(a.recentLatency(ticker.nanos(), RECENT)).isEqualTo(20 * MS);
    }

    @Test
    void whoAsksForStatusAsksForTheMeanLatency() {
        Selector selector = measuring(EnumSet.noneOf(Signal.class));
        call(selector, 10, Outcome.SUCCESS);
        assertThat(Seen.status(pool, "a").latency()).isNull();
        call(selector, 10, Outcome.SUCCESS);
        assertThat(Seen.status(pool, "a").latency()).isEqualTo(Duration.ofMillis(10));
    }

    @Test
    void thePeakRisesAtOnceAndFadesWithTheDecayOfThePool() {
        Selector selector = measuring(EnumSet.of(Signal.PEAK_LATENCY, Signal.MEAN_LATENCY));
        call(selector, 10, Outcome.SUCCESS);
        call(selector, 200, Outcome.SUCCESS);
        assertThat(a.peakLatency(ticker.nanos())).isEqualTo(200 * MS);
        ticker.advance(Duration.ofSeconds(1));
        assertThat(a.peakLatency(ticker.nanos())).isCloseTo(200 * MS / Math.E, within(0.05 * MS));
        ticker.advance(Duration.ofSeconds(10));
        assertThat(a.peakLatency(ticker.nanos())).isLessThan(0.1 * MS);
    }

    @Test
    void aSmallerSampleDrawsThePeakDownByTheTimeThatPassed() {
        Selector selector = measuring(EnumSet.of(Signal.PEAK_LATENCY, Signal.MEAN_LATENCY));
        call(selector, 100, Outcome.SUCCESS);
        ticker.advance(Duration.ofMillis(990));
        call(selector, 10, Outcome.SUCCESS);
        double left = Math.exp(-1);
        assertThat(a.peakLatency(ticker.nanos())).isCloseTo((100 * left + 10 * (1 - left)) * MS, within(0.05 * MS));
    }

    @Test
    void theMeanMovesByTheTimeThatPassed() {
        Selector selector = measuring(EnumSet.of(Signal.PEAK_LATENCY, Signal.MEAN_LATENCY));
        call(selector, 100, Outcome.SUCCESS);
        ticker.advance(Duration.ofMillis(800));
        call(selector, 200, Outcome.SUCCESS);
        double left = Math.exp(-1);
        assertThat(a.meanLatency(ticker.nanos())).isCloseTo((100 * left + 200 * (1 - left)) * MS, within(0.05 * MS));
    }

    @Test
    void theRecentLatencyTakesInATenthOfEverySampleAtLeast() {
        Selector selector = measuring(EnumSet.of(Signal.RECENT_LATENCY));
        Lease[] calls = {acquired(selector), acquired(selector)};
        ticker.advance(Duration.ofMillis(100));
        calls[0].success();
        ticker.advance(Duration.ofNanos(1));
        calls[1].success();
        call(selector, 0, Outcome.SUCCESS);
        assertThat(a.recentLatency(ticker.nanos(), RECENT)).isCloseTo(0.9 * 100 * MS, within(0.01 * MS));
    }

    @Test
    void theRecentLatencyFadesAsItsReaderSays() {
        Selector selector = measuring(EnumSet.of(Signal.RECENT_LATENCY));
        call(selector, 100, Outcome.SUCCESS);
        ticker.advance(Duration.ofSeconds(20));
        assertThat(a.recentLatency(ticker.nanos(), RECENT)).isCloseTo(100 * MS / Math.E, within(0.05 * MS));
        assertThat(a.recentLatency(ticker.nanos(), RECENT.times(2)))
                .isCloseTo(100 * MS / Math.E / Math.E, within(0.05 * MS));
    }

    @Test
    void aReadChangesNothing() {
        Selector selector = measuring(EnumSet.of(Signal.PEAK_LATENCY, Signal.MEAN_LATENCY));
        call(selector, 100, Outcome.SUCCESS);
        long now = ticker.advance(Duration.ofSeconds(3));
        double once = a.peakLatency(now);
        for (int i = 0; i < 1000; i++) a.peakLatency(now + i * 1_000_000L);
        assertThat(a.peakLatency(now)).isEqualTo(once);
    }

    @Test
    void aLatencyIsNeverBelowANanosecond() {
        Selector selector = measuring(EnumSet.allOf(Signal.class));
        call(selector, 0, Outcome.SUCCESS);
        long now = ticker.advance(Duration.ofHours(2));
        assertThat(a.peakLatency(now)).isOne();
        assertThat(a.meanLatency(now)).isOne();
        assertThat(a.recentLatency(now, RECENT)).isOne();
    }

    @Test
    void latenciesAreThoseOfGoodCallsAlone() {
        Selector selector = measuring(EnumSet.allOf(Signal.class));
        for (Outcome outcome : Outcome.values()) if (outcome != Outcome.SUCCESS) call(selector, 500, outcome);
        assertThat(a.meanLatency(ticker.nanos())).isNaN();
        call(selector, 10, Outcome.SUCCESS);
        assertThat(a.meanLatency(ticker.nanos())).isEqualTo(10 * MS);
    }

    @Test
    void theLatencyOfAStreamIsTheTimeToItsAnswer() {
        Selector selector = measuring(EnumSet.of(Signal.PEAK_LATENCY, Signal.MEAN_LATENCY));
        Lease lease = acquired(selector);
        ticker.advance(Duration.ofMillis(10));
        lease.answered();
        assertThat(a.meanLatency(ticker.nanos())).isEqualTo(10 * MS);
        ticker.advance(Duration.ofMillis(400));
        lease.success();
        assertThat(a.meanLatency(ticker.nanos())).isCloseTo(10 * MS * Math.exp(-0.4), within(0.01 * MS));
    }

    @Test
    void waitingCallsAgeAndStreamsDoNot() {
        Selector selector = measuring(EnumSet.noneOf(Signal.class));
        Lease hung = acquired(selector);
        ticker.advance(Duration.ofSeconds(2));
        Lease stream = acquired(selector);
        ticker.advance(Duration.ofSeconds(2));
        assertThat(a.meanAge(ticker.nanos())).isCloseTo(3e9, within(20_000.0));
        stream.answered();
        assertThat(a.meanAge(ticker.nanos())).isCloseTo(4e9, within(20_000.0));
        hung.failure();
        assertThat(a.meanAge(ticker.nanos())).isZero();
        assertThat(a.inFlight()).isOne();
        stream.success();
        assertThat(a.inFlight()).isZero();
    }

    @Test
    void failuresAddUpFadeAndAreForgivenByHalves() {
        Selector selector = measuring(EnumSet.noneOf(Signal.class));
        assertThat(a.failureLoad(ticker.nanos())).isZero();
        call(selector, 0, Outcome.FAILURE);
        call(selector, 0, Outcome.TIMEOUT);
        call(selector, 0, Outcome.REJECTED);
        assertThat(a.failureLoad(ticker.nanos())).isEqualTo(3);
        call(selector, 0, Outcome.CANCELLED);
        assertThat(a.failureLoad(ticker.nanos())).isEqualTo(3);
        call(selector, 0, Outcome.SUCCESS);
        assertThat(a.failureLoad(ticker.nanos())).isEqualTo(1.5);
        ticker.advance(Duration.ofSeconds(10));
        assertThat(a.failureLoad(ticker.nanos())).isCloseTo(1.5 / Math.E, within(0.001));
    }

    @Test
    void whatIsKnownOfAServerIsNotForgottenWhileItFails() {
        Selector selector = measuring(EnumSet.allOf(Signal.class));
        call(selector, 10, Outcome.SUCCESS);
        ticker.advance(Duration.ofSeconds(30));
        call(selector, 0, Outcome.FAILURE);
        assertThat(a.peakLatency(ticker.nanos())).isEqualTo(10 * MS);
        assertThat(a.meanLatency(ticker.nanos())).isEqualTo(10 * MS);
        assertThat(a.recentLatency(ticker.nanos(), RECENT)).isEqualTo(10 * MS);
    }

    @Test
    void aFailureIsForgottenInTheEnd() {
        Selector selector = measuring(EnumSet.noneOf(Signal.class));
        call(selector, 0, Outcome.FAILURE);
        assertThat(a.failureLoad(ticker.advance(Duration.ofSeconds(41)))).isPositive();
        assertThat(a.failureLoad(ticker.advance(Duration.ofSeconds(1)))).isZero();
        call(selector, 0, Outcome.FAILURE);
        for (int i = 0; i < 7; i++) call(selector, 0, Outcome.SUCCESS);
        assertThat(a.failureLoad(ticker.nanos())).isZero();
    }

    /** With halving at each success, the mean is 2p/(1-p) for large rates of calls. 10^5 calls: 6 sd of the mean are below 3%. */
    @Test
    void theFailureLoadTellsTheErrorRate() {
        Selector selector = measuring(EnumSet.noneOf(Signal.class));
        for (double p : new double[] {0.1, 0.3, 0.5}) {
            Random random = new Random(3);
            double sum = 0;
            int calls = 100_000;
            for (int i = 0; i < calls; i++) {
                call(selector, 0, random.nextDouble() < p ? Outcome.FAILURE : Outcome.SUCCESS);
                sum += a.failureLoad(ticker.nanos());
            }
            assertThat(sum / calls / (2 * p / (1 - p))).as("p %s, seed 3", p).isBetween(0.94, 1.06);
        }
    }

    @Test
    void reportsAreKeptAndExpire() {
        Selector selector = measuring(EnumSet.of(Signal.REPORT));
        try (Lease lease = acquired(selector)) {
            lease.report("TEXT cpu_utilization=0.3,rps_fractional=50");
        }
        assertThat(a.reported(ticker.nanos())).isEqualTo(0.3);
        ticker.advance(Duration.ofMinutes(3));
        assertThat(a.reported(ticker.nanos())).isEqualTo(0.3);
        ticker.advance(Duration.ofNanos(1));
        assertThat(a.reported(ticker.nanos())).isNaN();
        assertThat(a.report()).isNotNull();
    }

    @Test
    void reportsThatCanNotBeReadAreCountedAndChangeNothing() {
        Selector selector = measuring(EnumSet.of(Signal.REPORT));
        try (Lease lease = acquired(selector)) {
            lease.report("TEXT cpu_utilization=0.3");
            lease.report("JSON {}");
            lease.report(null);
            lease.success();
        }
        assertThat(a.reported(ticker.nanos())).isEqualTo(0.3);
        assertThat(Seen.status(pool, "a").badReports()).isEqualTo(2);
    }
}
