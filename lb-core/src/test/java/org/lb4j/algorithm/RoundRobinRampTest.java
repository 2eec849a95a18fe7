package org.lb4j.algorithm;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.lb4j.Selector;
import org.lb4j.ServerPool;
import org.lb4j.testing.Pools;
import org.lb4j.testing.Threads;

/** Weights that change while calls go on: peers that forget their place then flood or starve whoever changes. */
final class RoundRobinRampTest {
    @Test
    void aNewServerOnItsWayUpIsNeverFlooded() {
        ServerPool pool = Pools.of("a", "b", "c", "d");
        Selector selector = pool.selector(Algorithms.roundRobin());
        Picks picks = new Picks(pool);
        double due = 0;
        for (int step = 1; step <= 20; step++) {
            pool.scale("d", "ramp", step / 20.0);
            for (int i = 0; i < 25; i++) picks.count(selector.next());
            due += 25 * (step / 20.0) / (3 + step / 20.0);
            assertThat((double) picks.of("d")).isBetween(due - 6, due + 6);
        }
    }

    /** Each table is off by less than 6 in each of its windows, see {@link GoldenStrideTest}: 400 tables, a cell a core. */
    @Test
    void eightThreadsKeepTheSharesWhileWeightsChange() throws Exception {
        ServerPool pool = Pools.of("a", "b", "c", "d");
        pool.scale("d", "ramp", 0.5);
        Selector selector = pool.selector(Algorithms.roundRobin());
        AtomicBoolean over = new AtomicBoolean();
        Picks[] each = new Picks[8];
        Threads.run(9, thread -> {
            if (thread < 8) each[thread] = Picks.until(over::get, pool, selector::next);
            else change(pool, over);
        });
        long[] sums = new long[4];
        for (Picks picks : each) for (int i = 0; i < 4; i++) sums[i] += picks.counts()[i];
        double due = Arrays.stream(sums).sum() / 3.5;
        double off = 6 * 400.0 * (Runtime.getRuntime().availableProcessors() + 1);
        for (int i = 0; i < 3; i++) assertThat((double) sums[i]).isBetween(due - off, due + off);
        assertThat((double) sums[3]).isBetween(due / 2 - off, due / 2 + off);
    }

    private static void change(ServerPool pool, AtomicBoolean over) {
        for (int i = 0; i < 400; i++) pool.scale("d", "ramp", i % 2 == 0 ? 0.501 : 0.5);
        over.set(true);
    }
}
