package org.lb4j;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.lb4j.testing.ManualTicker;
import org.lb4j.testing.PlainDraw;
import org.lb4j.testing.Pools;
import org.lb4j.testing.Rosters;

/** {@code detectLeaks()}: leases that are lost without being ended. */
final class LeakTest {
    private final ManualTicker ticker = new ManualTicker();
    private final Events events = new Events();
    private final List<Outcome> ends = new ArrayList<>();
    private final ServerPool pool = Pools.of(
            Pools.settings(ticker)
                    .detectLeaks()
                    .onChange(events)
                    .onCall(server -> (start, answered, now, outcome) -> ends.add(outcome)),
            "a");
    private final Selector selector = pool.selector(new PlainDraw());
    private final Member a = pool.member("a");

    private void loseOne() {
        assertThat(selector.acquire().server().id()).isEqualTo("a");
    }

    private long leaked() {
        return Seen.status(pool, "a").leaked();
    }

    @Test
    void aLostLeaseEndsAsCancelledAndIsCountedAndToldOnce() {
        loseOne();
        loseOne();
        events.taken();
        Garbage.collectUntil(() -> leaked() == 2);
        assertThat(a.inFlight()).isZero();
        assertThat(ends).containsExactly(Outcome.CANCELLED, Outcome.CANCELLED);
        assertThat(events.taken())
                .extracting(PoolEvent::kind)
                .containsExactly(PoolEvent.Kind.LEAKED, PoolEvent.Kind.LEAKED);
    }

    @Test
    void theFirstOneRemembersWhereItWasAcquiredAndTheSecondDoesNot() {
        loseOne();
        events.taken();
        Garbage.collectUntil(() -> leaked() == 1);
        assertThat(events.texts())
                .singleElement()
                .asString()
                .startsWith("LEAKED a: a lease was lost without being ended, acquired\n\tat ")
                .contains(getClass().getName() + ".loseOne")
                .doesNotContain("LeakWatch", "PoolSelector");
        loseOne();
        Garbage.collectUntil(() -> leaked() == 2);
        assertThat(events.texts())
                .containsExactly(
                        "LEAKED a: a lease was lost without being ended (1 in 128 remembers where it was acquired)");
    }

    @Test
    void oneIn128RemembersWhereItWasAcquired() {
        for (int i = 0; i < 128; i++) selector.acquire().success();
        loseOne();
        events.taken();
        Garbage.collectUntil(() -> leaked() == 1);
        assertThat(events.texts())
                .singleElement()
                .asString()
                .contains(getClass().getName() + ".loseOne");
    }

    @Test
    void whatALeaseIsToldReachesItsMember() {
        ServerPool watching = Pools.of(Pools.settings(ticker).detectLeaks(), "a", "b");
        Rosters.of(watching).measure(Signal.REPORT);
        Member member = watching.member("a");
        Lease lease = watching.selector(new PlainDraw()).acquire(SelectionContext.only("a"));
        lease.report("TEXT cpu_utilization=0.3");
        assertThat(member.reported(ticker.nanos())).isEqualTo(0.3);
        long now = ticker.advance(Duration.ofSeconds(1));
        assertThat(member.meanAge(now)).isPositive();
        lease.answered();
        assertThat(member.meanAge(now)).isZero();
        assertThat(member.inFlight()).isOne();
        lease.success();
    }

    @Test
    void theNextAcquireFindsItToo() {
        loseOne();
        Garbage.collectUntil(() -> {
            selector.acquire().success();
            return a.inFlight() == 0;
        });
        assertThat(ends).contains(Outcome.CANCELLED);
    }

    @Test
    void theNextChangeFindsItToo() {
        loseOne();
        Garbage.collectUntil(() -> {
            pool.hold("a", Hold.ADMIN);
            pool.release("a", Hold.ADMIN);
            return a.inFlight() == 0;
        });
        assertThat(ends).containsExactly(Outcome.CANCELLED);
    }

    @Test
    void aLeaseThatIsHeldOrHasEndedIsNotLost() {
        Lease held = selector.acquire();
        selector.acquire().success();
        selector.acquire().end(Outcome.TIMEOUT);
        selector.acquire().close();
        Garbage.collect();
        assertThat(leaked()).isZero();
        assertThat(a.inFlight()).isOne();
        held.answered();
        held.report("TEXT cpu_utilization=0.3");
        held.success();
        assertThat(held).hasToString("lease of a:80 (id a)");
        assertThat(ends).containsExactly(Outcome.SUCCESS, Outcome.TIMEOUT, Outcome.FAILURE, Outcome.SUCCESS);
        assertThat(a.inFlight()).isZero();
    }

    @Test
    void whoeverDoesNotAskForItDoesNotPayForIt() {
        ServerPool plain = Pools.of("a");
        Selector each = plain.selector(new PlainDraw());
        assertThat(each.acquire().server().id()).isEqualTo("a");
        Garbage.collect();
        assertThat(Seen.status(plain, "a").leaked()).isZero();
        assertThat(plain.inFlight()).isOne();
    }
}
