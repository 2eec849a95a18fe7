package org.lb4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.lb4j.testing.ManualTicker;
import org.lb4j.testing.PlainDraw;
import org.lb4j.testing.Pools;
import org.lb4j.testing.Servers;
import org.lb4j.testing.Threads;

/** A lease: in flight until it ends, once, by the first verdict. */
final class LeaseTest {
    private final ManualTicker ticker = new ManualTicker();
    private final Events events = new Events();
    private final List<Outcome> ends = new ArrayList<>();
    private final ServerPool pool = Pools.of(
            Pools.settings(ticker)
                    .onChange(events)
                    .onCall(server -> (start, answered, now, outcome) -> ends.add(outcome)),
            "a");
    private final Selector selector = pool.selector(new PlainDraw());
    private final Member a = pool.member("a");

    @Test
    void aCallIsInFlightFromThePickUntilItEnds() {
        Lease lease = selector.acquire();
        assertThat(a.inFlight()).isOne();
        assertThat(pool.inFlight()).isOne();
        lease.success();
        assertThat(a.inFlight()).isZero();
        assertThat(pool.inFlight()).isZero();
    }

    @Test
    void aBarePickCountsNothing() {
        selector.next();
        assertThat(a.inFlight()).isZero();
    }

    @ParameterizedTest
    @EnumSource
    void everyOutcomeEndsIt(Outcome outcome) {
        Lease lease = selector.acquire();
        lease.end(outcome);
        assertThat(a.inFlight()).isZero();
        assertThat(ends).containsExactly(outcome);
    }

    static Stream<Consumer<Lease>> endings() {
        return Stream.of(
                Lease::success, Lease::failure, Lease::close, lease -> lease.end(Outcome.TIMEOUT), Lease::answered);
    }

    @ParameterizedTest
    @MethodSource("endings")
    void theFirstVerdictWinsAndWhatComesLaterIsIgnored(Consumer<Lease> later) {
        Lease lease = selector.acquire();
        lease.end(Outcome.REJECTED);
        later.accept(lease);
        later.accept(lease);
        assertThat(ends).containsExactly(Outcome.REJECTED);
        assertThat(a.inFlight()).isZero();
        assertThat(a.meanAge(ticker.nanos())).isZero();
        assertThat(Seen.status(pool, "a").unsaid()).isZero();
    }

    @Test
    void aStreamStaysInFlightAfterItsAnswer() {
        Lease lease = selector.acquire();
        lease.answered();
        lease.answered();
        assertThat(a.inFlight()).isOne();
        lease.success();
        lease.answered();
        assertThat(a.inFlight()).isZero();
    }

    @Test
    void noVerdictIsAFailureThatIsCountedAndToldOnce() {
        events.taken();
        for (int i = 0; i < 3; i++) selector.acquire().close();
        assertThat(ends).containsExactly(Outcome.FAILURE, Outcome.FAILURE, Outcome.FAILURE);
        assertThat(Seen.status(pool, "a").unsaid()).isEqualTo(3);
        assertThat(events.texts())
                .containsExactly(
                        "UNSAID a: a lease was closed without success(), failure() or end(..): counted as FAILURE");
    }

    @Test
    void ofManyLeasesClosedAtOnceWithoutAVerdictOneIsTold() throws Exception {
        for (int round = 0; round < 50; round++) {
            AtomicInteger told = new AtomicInteger();
            ServerPool fresh = Pools.of("a");
            fresh.onChange(event -> told.incrementAndGet());
            Selector each = fresh.selector(new PlainDraw());
            Threads.run(4, thread -> each.acquire().close());
            assertThat(told).as("round %d", round).hasValue(1);
        }
    }

    @Test
    void anExceptionOnTheWayCanNotLookLikeSuccess() {
        try (Lease lease = selector.acquire()) {
            if (lease.server().port() == 80) throw new IllegalStateException("broken");
            lease.success();
        } catch (IllegalStateException broken) {
            assertThat(broken).hasMessage("broken");
        }
        assertThat(ends).containsExactly(Outcome.FAILURE);
    }

    @Test
    void nothingIsNoOutcomeAndEndsNothing() {
        Lease lease = selector.acquire();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> lease.end(null))
                .withMessage("outcome must be given, was null");
        assertThat(a.inFlight()).isOne();
        lease.success();
    }

    @Test
    void itNamesItsServerAsItIsDescribedNow() {
        Lease lease = selector.acquire();
        assertThat(lease.server()).isEqualTo(Servers.of("a"));
        assertThat(lease).hasToString("lease of a:80 (id a)");
        pool.update(Servers.list("a*5"));
        assertThat(lease.server()).isEqualTo(Servers.of("a*5"));
        pool.update(List.of());
        assertThat(lease.server()).isEqualTo(Servers.of("a*5"));
        lease.success();
    }

    @Test
    void ofManyThreadsOneEndsIt() throws Exception {
        AtomicInteger told = new AtomicInteger();
        ServerPool shared = Pools.of(
                Pools.settings(ticker).onCall(server -> (start, answered, now, outcome) -> told.incrementAndGet()),
                "a");
        Selector each = shared.selector(new PlainDraw());
        int rounds = 2000;
        Lease[] leases = new Lease[rounds];
        for (int i = 0; i < rounds; i++) leases[i] = each.acquire();
        Threads.run(4, thread -> {
            for (Lease lease : leases) {
                if (thread % 2 == 0) lease.answered();
                lease.end(Outcome.values()[thread]);
            }
        });
        assertThat(told).hasValue(rounds);
        assertThat(shared.member("a").inFlight()).isZero();
        assertThat(shared.member("a").meanAge(ticker.advance(Duration.ofDays(1))))
                .isZero();
    }
}
