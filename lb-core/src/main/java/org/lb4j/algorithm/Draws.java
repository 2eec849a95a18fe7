package org.lb4j.algorithm;

import org.jspecify.annotations.Nullable;
import org.lb4j.Roster;
import org.lb4j.hash.Mix;

/**
 * Distinct members at random, by weight, with no more to remember than a mask of what was drawn: a bit for each index modulo
 * 64. Among more members than that a draw also passes over a few that were not drawn, whoever they are.
 *
 * <p>A pure function of bits and mask, so the same draws can be made again.
 */
final class Draws {
    /** So many leave half of the mask free, and draws that hit a member again are few. */
    static final int MOST = 32;

    private static final int TRIES = 4;

    private final Roster roster;
    private final @Nullable AliasTable table;

    Draws(Roster roster) {
        this.roster = roster;
        this.table = roster.uniform() ? null : new AliasTable(roster);
    }

    /** One that is not in the mask yet; any one if all are. */
    int next(long bits, long seen) {
        long more = bits;
        for (int tries = 0; tries <= TRIES; tries++) {
            int i = table == null ? Range.high(more, roster.size()) : table.index(more);
            if ((seen & 1L << i) == 0) return i;
            more = Mix.mix(more); // not what the next draw is made of
        }
        return fromRest(more, seen);
    }

    /** By weight among those that were not drawn: "the next one" would get its neighbour's share on top of its own. */
    private int fromRest(long bits, long seen) {
        long more = bits;
        int chosen = 0;
        double total = 0;
        for (int i = 0; i < roster.size(); i++) {
            if ((seen & 1L << i) != 0) continue;
            more = Range.more(more);
            total += roster.weight(i);
            if (Range.unit(more) * total < roster.weight(i)) chosen = i;
        }
        return chosen;
    }
}
