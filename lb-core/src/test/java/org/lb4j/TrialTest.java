package org.lb4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.lb4j.testing.ManualTicker;
import org.lb4j.testing.PlainDraw;
import org.lb4j.testing.Pools;
import org.lb4j.testing.Servers;
import org.lb4j.testing.Threads;

/** A server on trial: ejected, yet one acquired call at a time may pass. */
final class TrialTest {
    private static final Duration PERMIT = Duration.ofSeconds(5);

    private final ManualTicker ticker = new ManualTicker();
    private final ServerPool pool = Pools.of(ticker, "a", "b", "c", "t:outlier");
    private final Selector selector = pool.selector(new PlainDraw());

    /** Acquires until the server on trial is met; ends all others. */
    private Lease onTrial() {
        for (int i = 0; i < 1000; i++) {
            Lease lease = selector.acquire();
            if (lease.server().id().equals("t")) return lease;
            lease.success();
        }
        throw new AssertionError("1000 calls, none to the server on trial, seed " + Pools.SEED);
    }

    private Set<String> acquiredFrom() {
        Set<String> ids = new HashSet<>();
        List<Lease> leases = new ArrayList<>();
        for (int i = 0; i < 300; i++) leases.add(selector.acquire());
        for (Lease each : leases) ids.add(each.server().id());
        leases.forEach(Lease::success);
        return ids;
    }

    @Test
    void oneAcquiredCallAtATimePasses() {
        pool.trial("t", PERMIT);
        Lease first = onTrial();
        assertThat(acquiredFrom()).containsExactlyInAnyOrder("a", "b", "c");
        assertThat(pool.member("t").inFlight()).isOne();
        first.failure();
        onTrial().success();
    }

    @Test
    void callsThatNobodyWouldTellAboutDoNotPass() {
        pool.trial("t", PERMIT);
        assertThat(Seen.by(selector)).containsExactlyInAnyOrder("a", "b", "c");
    }

    @Test
    void itsShareIsThatOfItsWeight() {
        pool.trial("t", PERMIT);
        int calls = 10_000;
        int passed = 0;
        for (int i = 0; i < calls; i++) {
            Lease lease = selector.acquire();
            if (lease.server().id().equals("t")) passed++;
            lease.success();
        }
        // a quarter, sd 43: 6 sd are passed with a chance of 2 * 10^-9
        assertThat(passed).as("seed %d", Pools.SEED).isBetween(2500 - 260, 2500 + 260);
    }

    @Test
    void aCallThatDoesNotEndLosesItsPermitInTime() {
        pool.trial("t", PERMIT);
        Lease lost = onTrial();
        ticker.advance(PERMIT.minusNanos(1));
        assertThat(acquiredFrom()).doesNotContain("t");
        ticker.advance(Duration.ofNanos(1));
        Lease next = onTrial();
        lost.failure();
        assertThat(acquiredFrom()).as("the late end frees nobody else's permit").doesNotContain("t");
        next.success();
        onTrial().success();
        assertThat(pool.member("t").inFlight()).isZero();
    }

    @Test
    void theHoldStaysDuringTheTrialAndAfterIt() {
        Trial trial = pool.trial("t", PERMIT);
        assertThat(Seen.status(pool, "t").onTrial()).isTrue();
        assertThat(Seen.weights(pool)).containsEntry("t", 0.0);
        onTrial().success();
        trial.close();
        trial.close();
        assertThat(Seen.status(pool, "t").holds()).containsExactly(Hold.OUTLIER);
        assertThat(Seen.status(pool, "t").onTrial()).isFalse();
        assertThat(acquiredFrom()).doesNotContain("t");
    }

    @Test
    void aReleasedServerIsBackWhetherOnTrialOrNot() {
        pool.trial("t", PERMIT);
        Lease lease = onTrial();
        pool.release("t", Hold.OUTLIER);
        assertThat(Seen.by(selector)).contains("t");
        lease.success();
    }

    @Test
    void onlyAnEjectedServerCanBeOnTrialAndOnlyOnce() {
        assertThat(pool.trial("a", PERMIT)).isNull();
        assertThat(pool.trial("x", PERMIT)).isNull();
        Trial trial = pool.trial("t", PERMIT);
        assertThat(trial).isNotNull();
        assertThat(pool.trial("t", PERMIT)).isNull();
        trial.close();
        assertThat(pool.trial("t", PERMIT)).isNotNull();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> pool.trial("t", Duration.ZERO))
                .withMessage("permitFor must be above 0, was PT0S");
    }

    @Test
    void whoeverIsHeldForAnotherReasonTooIsNotTried() {
        pool.trial("t", PERMIT);
        pool.hold("t", Hold.CHECK);
        assertThat(acquiredFrom()).doesNotContain("t");
        assertThat(Seen.status(pool, "t").onTrial()).isFalse();
        pool.release("t", Hold.CHECK);
        assertThat(acquiredFrom()).contains("t");
    }

    @Test
    void anExcludedServerIsNotTried() {
        pool.trial("t", PERMIT);
        SelectionContext context = SelectionContext.none().excluding(Servers.of("t"));
        for (int i = 0; i < 300; i++) {
            Lease lease = selector.acquire(context);
            assertThat(lease.server().id()).isNotEqualTo("t");
            lease.success();
        }
    }

    @Test
    void whenNobodyElseIsLeftCallsPassOneByOne() {
        ServerPool strict = Pools.of(Pools.settings(ticker).panicThreshold(0), "t:outlier");
        Selector only = strict.selector(new PlainDraw());
        strict.trial("t", PERMIT);
        Lease lease = only.acquire();
        assertThatThrownBy(only::acquire).isInstanceOf(NoServerAvailableException.class);
        assertThatThrownBy(only::next).isInstanceOf(NoServerAvailableException.class);
        lease.success();
        only.acquire().success();
    }

    @Test
    void aPreferenceTakesThePermitIfItIsFree() {
        pool.trial("t", PERMIT);
        SelectionContext preferring = SelectionContext.none().preferring("t");
        Lease lease = selector.acquire(preferring);
        assertThat(lease.server().id()).isEqualTo("t");
        Lease other = selector.acquire(preferring);
        assertThat(other.server().id()).isNotEqualTo("t");
        assertThatThrownBy(() -> selector.acquire(SelectionContext.only("t")))
                .hasMessage("no server: only t was asked for, which is ejected");
        lease.success();
        assertThat(selector.acquire(SelectionContext.only("t")).server().id()).isEqualTo("t");
        assertThat(selector.next(preferring).id()).isNotEqualTo("t");
    }

    @Test
    void aPreferenceThatCanNotBeMetMayEndOnTrial() {
        pool.trial("t", PERMIT);
        pool.hold("a", Hold.ADMIN);
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            Lease lease = selector.acquire(SelectionContext.none().preferring("a"));
            ids.add(lease.server().id());
            lease.success();
        }
        assertThat(ids).contains("t").doesNotContain("a");
    }

    /** Else its tier would carry nothing, and it would never be tried. */
    @Test
    void itCountsInItsTier() {
        ServerPool tiered = Pools.of(ticker, "t:outlier", "a#1", "b#1");
        Selector each = tiered.selector(new PlainDraw());
        tiered.trial("t", PERMIT);
        assertThat(each.next().id()).isNotEqualTo("t");
        try (Lease lease = each.acquire()) {
            assertThat(lease.server().id()).isEqualTo("t");
            assertThat(each.acquire().server().id()).isIn("a", "b");
        }
    }

    @Test
    void aPreferenceForAnotherIsNotOverruledByATrial() {
        pool.trial("t", PERMIT);
        for (int i = 0; i < 100; i++) {
            Lease lease = selector.acquire(SelectionContext.none().preferring("a"));
            assertThat(lease.server().id()).isEqualTo("a");
            lease.success();
        }
    }

    @Test
    void severalServersHaveAPermitEach() {
        pool.hold("c", Hold.OUTLIER);
        pool.trial("t", PERMIT);
        pool.trial("c", PERMIT);
        Lease t = onTrial();
        assertThat(acquiredFrom()).containsExactlyInAnyOrder("a", "b", "c");
        t.success();
    }

    @Test
    void aTrialOfAServerThatLeftIsOver() {
        Trial trial = pool.trial("t", PERMIT);
        pool.update(Servers.list("a", "b", "c"));
        trial.close();
        pool.update(Servers.list("a", "b", "c", "t"));
        assertThat(Seen.by(selector)).contains("t");
        pool.hold("t", Hold.OUTLIER);
        assertThat(pool.trial("t", PERMIT)).isNotNull();
        trial.close();
        assertThat(Seen.status(pool, "t").onTrial()).isTrue();
    }

    @Test
    void aTrialMayBeClosedAfterItsPool() {
        Trial trial = pool.trial("t", PERMIT);
        pool.close();
        trial.close();
    }

    @Test
    void ofManyThreadsOneHasThePermit() throws Exception {
        pool.trial("t", PERMIT);
        AtomicInteger passing = new AtomicInteger();
        AtomicInteger passed = new AtomicInteger();
        Threads.run(8, thread -> {
            for (int i = 0; i < 20_000; i++) {
                try (Lease lease = selector.acquire()) {
                    if (lease.server().id().equals("t")) {
                        assertThat(passing.incrementAndGet()).isOne();
                        passed.incrementAndGet();
                        passing.decrementAndGet();
                    }
                    lease.success();
                }
            }
        });
        assertThat(passed).hasPositiveValue();
        assertThat(pool.members()).allMatch(member -> member.inFlight() == 0);
    }
}
