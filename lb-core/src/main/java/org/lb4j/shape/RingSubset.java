package org.lb4j.shape;

import java.util.Arrays;
import java.util.Comparator;
import org.lb4j.Roster;
import org.lb4j.Shaper;

/**
 * Each client its arc of a ring of servers. The arcs of all clients together cover the ring evenly, for any numbers, because
 * a server at the edge of an arc counts with the part of it that lies inside.
 */
record RingSubset(int size, int index, int clients) implements Shaper {
    RingSubset {
        if (size < 1) throw new IllegalArgumentException("subset size must be at least 1, was " + size);
        if (clients < 1) throw new IllegalArgumentException("clients must be at least 1, was " + clients);
        if (index < 0 || index >= clients)
            throw new IllegalArgumentException("index must be in [0, " + (clients - 1) + "], was " + index);
    }

    @Override
    public Roster shape(Roster roster) {
        int n = roster.size();
        if (n <= size) return roster;
        // Whole numbers: the ring has n * clients parts; a server is `clients` of them, a client begins at index * n.
        long ring = (long) n * clients;
        long width = Math.min(clients, ceil((long) size * clients, n)) * n;
        long begin = (long) index * n;
        double[] weights = new double[n];
        Integer[] order = byId(roster);
        for (int place = 0; place < n; place++) {
            long from = (long) place * clients;
            long inside = overlap(from, from + clients, begin, begin + width)
                    + overlap(from + ring, from + ring + clients, begin, begin + width);
            weights[order[place]] = roster.weight(order[place]) * inside / clients;
        }
        return roster.withWeights(weights);
    }

    /** Held ones too: who is out leaves its place empty, and moves nobody else's. */
    private static Integer[] byId(Roster roster) {
        Integer[] order = new Integer[roster.size()];
        Arrays.setAll(order, i -> i);
        Arrays.sort(order, Comparator.comparing(i -> roster.member(i).server().id()));
        return order;
    }

    private static long overlap(long from, long to, long begin, long end) {
        return Math.max(0, Math.min(to, end) - Math.max(from, begin));
    }

    private static long ceil(long a, long b) {
        return (a + b - 1) / b;
    }

    @Override
    public String toString() {
        return "subset(" + size + ", " + index + ", " + clients + ")";
    }
}
