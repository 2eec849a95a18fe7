package org.lb4j.algorithm;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.lb4j.Algorithm;
import org.lb4j.Member;
import org.lb4j.Selector;
import org.lb4j.Server;
import org.lb4j.ServerPool;
import org.lb4j.testing.Pools;

/** How often each server of a pool was picked, and whether that is its share. */
final class Picks {
    /** A count of independent draws strays further with a chance of 2 * 10^-9: of 500 counts one does with 10^-6. */
    static final double DEVIATIONS = 6;

    private final Map<String, Integer> index = new HashMap<>();
    private final List<String> ids;
    private final int[] counts;
    private int total;

    Picks(ServerPool pool) {
        ids = pool.members().stream().map(Member::server).map(Server::id).toList();
        counts = new int[ids.size()];
        for (String id : ids) index.put(id, index.size());
    }

    /** Picks that nobody counts: no call is ever in flight. */
    static Picks of(ServerPool pool, Algorithm algorithm, int calls) {
        Selector selector = pool.selector(algorithm);
        return of(pool, calls, selector::next);
    }

    static Picks of(ServerPool pool, int calls, Supplier<Server> pick) {
        Picks picks = new Picks(pool);
        for (int i = 0; i < calls; i++) picks.count(pick.get());
        return picks;
    }

    static Picks until(BooleanSupplier over, ServerPool pool, Supplier<Server> pick) {
        Picks picks = new Picks(pool);
        while (!over.getAsBoolean()) picks.count(pick.get());
        return picks;
    }

    void count(Server server) {
        counts[index.get(server.id())]++;
        total++;
    }

    int of(String id) {
        return counts[index.get(id)];
    }

    int[] counts() {
        return counts.clone();
    }

    double share(String id) {
        return (double) of(id) / total;
    }

    /** That the counts are in proportion to these numbers, in the order of the pool's list, but for chance. */
    void fit(double... weights) {
        fitWithin(0, weights);
    }

    /** The same, where a count may be off by a part of its share besides. */
    void fitWithin(double part, double... weights) {
        assertThat(weights).hasSameSizeAs(counts);
        double sum = Arrays.stream(weights).sum();
        for (int i = 0; i < counts.length; i++) {
            double share = weights[i] / sum;
            double off = DEVIATIONS * Math.sqrt(total * share * (1 - share)) + part * total * share;
            assertThat((double) counts[i])
                    .as("picks of %s, due %.1f, of all %s (seed %d)", ids.get(i), total * share, this, Pools.SEED)
                    .isBetween(total * share - off, total * share + off);
        }
    }

    @Override
    public String toString() {
        return Arrays.toString(counts);
    }
}
