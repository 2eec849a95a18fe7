package org.lb4j.shape;

import java.util.Arrays;
import java.util.Comparator;
import org.lb4j.Roster;
import org.lb4j.Shaper;
import org.lb4j.hash.Xxh64;

/** The first servers of an order that is each client's own: the rendezvous of a seed with their addresses. */
record RandomSubset(int size, long seed) implements Shaper {
    RandomSubset {
        if (size < 1) throw new IllegalArgumentException("subset size must be at least 1, was " + size);
    }

    @Override
    public Roster shape(Roster roster) {
        int n = roster.size();
        if (n <= size) return roster;
        long[] rank = new long[n];
        Integer[] order = new Integer[n];
        for (int i = 0; i < n; i++) {
            rank[i] = Xxh64.hash(roster.member(i).server().hostPort(), seed);
            order[i] = i;
        }
        Arrays.sort(order, Comparator.comparingLong(i -> rank[i]));
        double[] weights = new double[n];
        int taken = 0;
        // Over all members, of which those that are out are passed over: one that comes back finds its place again.
        for (int i = 0; i < n && taken < size; i++) {
            weights[order[i]] = roster.weight(order[i]);
            if (weights[order[i]] > 0) taken++;
        }
        return roster.withWeights(weights);
    }

    @Override
    public String toString() {
        return "subset(" + size + ")";
    }
}
