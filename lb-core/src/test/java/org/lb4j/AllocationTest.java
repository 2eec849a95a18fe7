package org.lb4j;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.lb4j.testing.Allocations;
import org.lb4j.testing.ManualTicker;
import org.lb4j.testing.PlainDraw;
import org.lb4j.testing.Pools;
import org.lb4j.testing.Servers;

/** A pick allocates nothing, and a call nothing but its lease. */
final class AllocationTest {
    private static final double LEASE = 48; // bytes

    private final ManualTicker ticker = new ManualTicker();
    private final ServerPool pool = Pools.of(ticker, "a*3", "b", "c#1", "d:drain");
    private final Selector selector = pool.selector(new PlainDraw());

    @Test
    void aPickAllocatesNothing() {
        assertThat(Allocations.perCall(i -> selector.next())).isZero();
    }

    @Test
    void aPickWithAContextAllocatesNothing() {
        SelectionContext retry = SelectionContext.key("user-42").excluding(Servers.of("a"));
        SelectionContext beyond = retry.excluding(Servers.of("b"));
        SelectionContext sticky = SelectionContext.none().preferring("d");
        assertThat(Allocations.perCall(i -> selector.next(retry))).isZero();
        assertThat(Allocations.perCall(i -> selector.next(beyond))).isZero();
        assertThat(Allocations.perCall(i -> selector.next(sticky))).isZero();
    }

    @Test
    void aPickWhileAStepIsToComeAllocatesNothing() {
        ServerPool.Builder settings = Pools.settings(ticker).shaper(roster -> roster.until(roster.now() + 1));
        Selector ramping = Pools.of(settings, "a", "b").selector(new PlainDraw());
        assertThat(Allocations.perCall(i -> ramping.next())).isZero();
    }

    @Test
    void aCallAllocatesItsLease() {
        assertThat(Allocations.perCall(i -> selector.acquire().success())).isBetween(1.0, LEASE);
        assertThat(Allocations.perCall(i -> {
                    Lease lease = selector.acquire();
                    lease.answered();
                    lease.end(Outcome.FAILURE);
                }))
                .isBetween(1.0, LEASE);
    }

    @Test
    void whatIsMeasuredAndWatchedAllocatesNothingMore() {
        pool.status();
        pool.onCall(server -> (start, answered, now, outcome) -> {});
        assertThat(Allocations.perCall(i -> selector.acquire().success())).isBetween(1.0, LEASE);
        assertThat(Allocations.perCall(i -> selector.acquire().failure())).isBetween(1.0, LEASE);
    }

    @Test
    void readingAMemberAllocatesNothing() {
        Member a = pool.member("a");
        selector.acquire(SelectionContext.only("a")).success();
        Decay decay = Decay.over(java.time.Duration.ofSeconds(1));
        double[] sum = new double[1];
        assertThat(Allocations.perCall(i -> sum[0] += a.inFlight()
                        + a.meanAge(i)
                        + a.failureLoad(i)
                        + a.peakLatency(i)
                        + a.recentLatency(i, decay)
                        + a.reported(i)
                        + a.slot()))
                .isZero();
    }
}
