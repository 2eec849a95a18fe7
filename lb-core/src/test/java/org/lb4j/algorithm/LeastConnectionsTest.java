package org.lb4j.algorithm;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.lb4j.Lease;
import org.lb4j.Member;
import org.lb4j.Selector;
import org.lb4j.ServerPool;
import org.lb4j.testing.Pools;

/** The published cases. A share of 100,000 picks may be 6 deviations off: one count is with a chance of 2 * 10^-9. */
final class LeastConnectionsTest {
    private static final int PICKS = 100_000;

    @ParameterizedTest(name = "weights {0}, in flight {1}: shares {2}")
    @CsvSource({
        "1 1 1 1 1,         4 3 2 1 5,         0 0 0 1 0",
        "1 1 1 1 1 1 1 1,   4 2 2 9 9 9 9 9,   0 1 1 0 0 0 0 0",
        "1 1 1,             2 2 2,             1 1 1",
        "1 1 1,             0 0 0,             1 1 1",
        "2 1,               0 0,               2 1",
        "2 1,               1 0,               1 1",
        "2 1 1,             1 0 0,             1 1 1",
        "2 1,               2 0,               0 1",
        "1 1 1 1 1 1 1 1 1 1, 2 1 0 0 1 0 2 0 0 1, 0 0 1 1 0 1 0 1 1 0",
        "1 5 10,            0 0 0,             1 5 10",
        "1 5 10,            1 0 0,             0 5 10",
        "3 3 3,             1 0 0,             0 1 1"
    })
    void theLeastByWeightIsChosenAndTiesFallByChance(String weights, String inFlight, String shares) {
        ServerPool pool = Fleet.weighing(Fleet.ints(weights));
        Busy.with(pool, Fleet.ints(inFlight));
        Picks.of(pool, Algorithms.leastConnections(), PICKS).fit(Fleet.doubles(Fleet.ints(shares)));
    }

    @Test
    void tenCallsOfTwoIdleServersAreFiveEach() {
        ServerPool pool = Pools.of("a", "b");
        Selector selector = pool.selector(Algorithms.leastConnections());
        assertThat(Picks.of(pool, 10, () -> selector.acquire().server()).counts())
                .containsExactly(5, 5);
    }

    @Test
    void whileTwoCallsAreStuckOnOneOfTwoTheNextTenGoToTheOther() {
        ServerPool pool = Pools.of("a", "b");
        Busy.with(pool, 2, 0);
        Selector selector = pool.selector(Algorithms.leastConnections());
        for (int i = 0; i < 10; i++) {
            try (Lease lease = selector.acquire()) {
                assertThat(lease.server().id()).isEqualTo("b");
                lease.success();
            }
        }
    }

    @Test
    void callsThatStayFillAllServersEvenly() {
        ServerPool pool = Pools.of("a", "b", "c", "d", "e");
        Selector selector = pool.selector(Algorithms.leastConnections());
        for (int calls = 1; calls <= 100; calls++) {
            selector.acquire();
            for (Member member : pool.members()) assertThat(member.inFlight()).isBetween(calls / 5, calls / 5 + 1);
        }
    }

    @Test
    void callsThatStayFillServersByWeight() {
        ServerPool pool = Pools.of("a*4", "b*2", "c");
        Selector selector = pool.selector(Algorithms.leastConnections());
        for (int i = 0; i < 700; i++) selector.acquire();
        assertThat(pool.member("a").inFlight()).isBetween(399, 401);
        assertThat(pool.member("b").inFlight()).isBetween(199, 201);
        assertThat(pool.member("c").inFlight()).isBetween(99, 101);
    }
}
