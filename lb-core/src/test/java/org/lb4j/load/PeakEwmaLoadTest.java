package org.lb4j.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.lb4j.Lease;
import org.lb4j.Load;
import org.lb4j.Member;
import org.lb4j.Outcome;
import org.lb4j.SelectionContext;
import org.lb4j.Selector;
import org.lb4j.ServerPool;
import org.lb4j.algorithm.Algorithms;
import org.lb4j.testing.ManualTicker;
import org.lb4j.testing.Pools;
import org.lb4j.testing.Threads;

/** The vectors of tower's peak EWMA, with a time constant of one second; costs in milliseconds. */
final class PeakEwmaLoadTest {
    private static final Duration STEP = Duration.ofMillis(100);

    private final Load load = Loads.peakEwma();
    private final ManualTicker ticker = new ManualTicker();
    private final ServerPool pool = Pools.of(Pools.settings(ticker).latencyDecay(Duration.ofSeconds(1)), "a", "b");
    private final Selector selector = pool.selector(Algorithms.powerOf(2, load));
    private final Member member = pool.member("a");

    private Lease call() {
        return selector.acquire(SelectionContext.only("a"));
    }

    private void answersIn(int millis) {
        try (Lease lease = call()) {
            ticker.advance(Duration.ofMillis(millis));
            lease.success();
        }
    }

    private double cost() {
        return load.of(member, ticker.nanos()) / 1e6;
    }

    @Test
    void anIdleServersCostFades() {
        answersIn(10);
        assertThat(cost()).isEqualTo(10);
        ticker.advance(STEP);
        assertThat(cost()).isBetween(9.0, 10.0);
        ticker.advance(STEP);
        assertThat(cost()).isBetween(8.0, 9.0);
    }

    @Test
    void callsAddUpAndAPeakIsTakenAtOnce() {
        answersIn(20);
        assertThat(cost()).isEqualTo(20);
        ticker.advance(STEP);
        Lease a = call();
        assertThat(cost()).isGreaterThan(20);
        ticker.advance(STEP);
        Lease b = call();
        assertThat(cost()).isGreaterThan(40);
        ticker.advance(STEP);
        a.success();
        assertThat(cost()).isEqualTo(400);
        ticker.advance(STEP);
        b.success();
        assertThat(cost()).isEqualTo(200);
        ticker.advance(Duration.ofSeconds(1));
        assertThat(cost()).isLessThan(100);
        ticker.advance(Duration.ofSeconds(10));
        assertThat(cost()).isLessThan(0.1);
    }

    @Test
    void anUnknownCostIsLeastWhileIdleAndDearerThanAnyLatencyOtherwise() {
        assertThat(cost()).isZero();
        Lease first = call();
        double one = cost();
        assertThat(one).isGreaterThan((double) Duration.ofDays(10).toMillis());
        Lease second = call();
        assertThat(cost()).isGreaterThan(one);
        first.end(Outcome.CANCELLED);
        second.end(Outcome.CANCELLED);
        assertThat(cost()).isZero();
    }

    /** The pool that nobody looked at says the same. */
    @Test
    void readingFromEightThreadsChangesNothing() throws Exception {
        PeakEwmaLoadTest unread = new PeakEwmaLoadTest();
        answersIn(20);
        unread.answersIn(20);
        long now = ticker.nanos();
        Threads.run(8, thread -> {
            for (int i = 0; i < 20_000; i++) load.of(member, now + i * 1_000_000L);
        });
        ticker.advance(STEP);
        unread.ticker.advance(STEP);
        assertThat(cost()).isEqualTo(unread.cost());
        answersIn(5);
        unread.answersIn(5);
        assertThat(cost()).isEqualTo(unread.cost());
    }

    @Test
    void afterHoursOfSilenceMoreCallsStillCostMore() {
        answersIn(20);
        ticker.advance(Duration.ofHours(2));
        double idle = cost();
        Lease call = call();
        assertThat(cost()).isGreaterThan(idle);
        call.success();
    }
}
