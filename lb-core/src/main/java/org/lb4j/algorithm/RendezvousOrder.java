package org.lb4j.algorithm;

import org.lb4j.SelectionContext;
import org.lb4j.hash.Mix;

/**
 * Who comes first for a key under weighted rendezvous hashing: each member has an exponential clock, set by key and name,
 * that runs at the speed of its weight; the earliest to ring wins.
 */
final class RendezvousOrder {
    /* The clock rings at -ln(u) / w, u uniform in (0, 1). With equal weights the largest u is the earliest, no logarithm
     * needed. With others one is needed for those few only that can still win: -ln(u) is never below 1 - u, and close to it
     * where clocks ring early. StrictMath, because all JVMs must agree.
     *
     * Equal clocks are those of members with one name; the loops go down and take the last of equals, the lowest id. */
    private static final double ROUNDING = 1 + 1e-9; // far above what a product and a difference can be off

    private final Lineup lineup;
    private final long[] hashes;

    RendezvousOrder(Lineup lineup) {
        this.lineup = lineup;
        this.hashes = lineup.hashes();
    }

    /** This one, unless it is excluded: then the first of the others in the order of the key. */
    int orNext(int choice, long key, SelectionContext skip) {
        if (!skip.excludes(lineup.member(choice))) return choice;
        int next = first(key, skip);
        return next < 0 ? choice : next;
    }

    /** The first one that is not excluded; -1: all are. */
    int first(long key, SelectionContext skip) {
        return lineup.uniform() ? largest(key, skip) : earliest(key, skip);
    }

    private int largest(long key, SelectionContext skip) {
        boolean all = !skip.excludesAny();
        int best = -1;
        long most = Long.MIN_VALUE;
        for (int i = hashes.length - 1; i >= 0; i--) {
            long u = Mix.mix(key ^ hashes[i]) ^ Long.MIN_VALUE; // unsigned, as a signed number
            if (u >= most && (all || !skip.excludes(lineup.member(i)))) {
                most = u;
                best = i;
            }
        }
        return best;
    }

    private int earliest(long key, SelectionContext skip) {
        boolean all = !skip.excludesAny();
        int best = -1;
        double soonest = Double.POSITIVE_INFINITY;
        for (int i = hashes.length - 1; i >= 0; i--) {
            double u = uniform(Mix.mix(key ^ hashes[i]));
            double weight = lineup.weight(i);
            if (1 - u > soonest * weight * ROUNDING) continue;
            double rings = -StrictMath.log(u) / weight;
            if (rings <= soonest && (all || !skip.excludes(lineup.member(i)))) {
                soonest = rings;
                best = i;
            }
        }
        return best;
    }

    /** In (0, 1]: 53 bits and a half. */
    private static double uniform(long bits) {
        return ((bits >>> 11) + 0.5) * 0x1p-53;
    }
}
