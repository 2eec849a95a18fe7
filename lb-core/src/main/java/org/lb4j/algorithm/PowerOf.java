package org.lb4j.algorithm;

import org.jspecify.annotations.Nullable;
import org.lb4j.Load;
import org.lb4j.Member;
import org.lb4j.Picker;
import org.lb4j.Roster;
import org.lb4j.SelectionContext;
import org.lb4j.hash.Mix;

/**
 * The least loaded of d members drawn at random. Distinct ones: with replacement a hung server is at times compared with
 * itself, and wins.
 *
 * <p>An unknown load (NaN) counts as the one that it is compared with, which is a tie, unless its server has failed.
 */
abstract class PowerOf implements Picker {
    private static final double EXCLUDED = Double.POSITIVE_INFINITY;

    final Weighing weighing;
    final int d;

    private PowerOf(Roster roster, int d, Load load) {
        this.weighing = new Weighing(roster, load);
        this.d = d;
    }

    static Picker of(Roster roster, int d, Load load) {
        if (d >= roster.size()) return new LeastLoaded(roster, load);
        return d == 2 && roster.uniform() ? new Pair(roster, load) : new Several(roster, d, load);
    }

    @Override
    public final boolean timed() {
        return weighing.timed();
    }

    @Override
    public final Member pick(SelectionContext context, long now) {
        int best = best(context, now, weighing.roster.draw());
        return context.excludesAny() && weighing.excluded(best, context)
                ? another(context, now)
                : weighing.members[best];
    }

    /** All that were drawn are excluded. */
    private Member another(SelectionContext context, long now) {
        for (int tries = 0; tries < Exclusion.TRIES; tries++) {
            int best = best(context, now, weighing.roster.draw());
            if (!weighing.excluded(best, context)) return weighing.members[best];
        }
        return Exclusion.drawFromRest(weighing.roster, context);
    }

    /** The best of d; an excluded one only if all d are. */
    abstract int best(SelectionContext context, long now, long bits);

    /** The m-th of a tie takes its place with chance 1/m, so each of them wins as often. */
    static boolean winsTie(long bits, int ties) {
        return Range.high(Mix.mix(~bits), ties) == 0; // the bits themselves have drawn a member, and draw the next
    }

    final double cost(int i, SelectionContext context, long now) {
        return context.excludesAny() && weighing.excluded(i, context) ? EXCLUDED : weighing.cost(i, now);
    }

    /** What a cost counts as beside another one: an unknown one is the same, but dearer by failures. */
    final double known(double cost, int i, double beside, long now) {
        return Double.isNaN(cost) ? weighing.unknownCost(i, Double.isFinite(beside) ? beside : 1, now) : cost;
    }

    /** Two of equal weights. A tie goes to the first drawn: their order is as good as a coin. */
    private static final class Pair extends PowerOf {
        Pair(Roster roster, Load load) {
            super(roster, 2, load);
        }

        @Override
        int best(SelectionContext context, long now, long bits) {
            int first = Range.high(bits, weighing.size());
            int second = Range.low(bits, weighing.size() - 1);
            if (second >= first) second++; // skip over the first: distinct, no retry, no bias
            double one = cost(first, context, now);
            double other = cost(second, context, now);
            return Tie.below(known(other, second, one, now), known(one, first, other, now)) ? second : first;
        }
    }

    /**
     * More than two, or by weight; each member once. Of idle ones the first drawn is kept: a coin would favour the light
     * ones, who come second more often than their weight says.
     */
    private static final class Several extends PowerOf {
        private final @Nullable AliasTable table; // null: equal weights

        Several(Roster roster, int d, Load load) {
            super(roster, d, load);
            table = roster.uniform() ? null : new AliasTable(roster);
        }

        @Override
        int best(SelectionContext context, long now, long bits) {
            int best = draw(bits);
            double least = cost(best, context, now);
            long seen = 1L << best;
            int ties = 1;
            for (int drawn = 1; drawn < d; drawn++) {
                bits = Mix.mix(bits); // a draw that was repeated has used those that follow by Range.more
                int i = unseen(bits, seen);
                seen |= 1L << i;
                double cost = cost(i, context, now);
                double one = known(cost, i, least, now);
                double other = known(least, best, cost, now);
                if (Tie.below(one, other)) ties = 1;
                else if (!Tie.with(one, other) || !winsTie(bits, ++ties)) continue;
                if (table != null && least != EXCLUDED && weighing.bothIdle(best, i, now)) continue;
                best = i;
                least = cost;
            }
            return best;
        }

        private int draw(long bits) {
            return table == null ? Range.high(bits, weighing.size()) : table.index(bits);
        }

        /**
         * One that was not drawn yet. The mask has a bit for each index modulo 64: among more members it also skips a few
         * that were not drawn, and beyond 64 draws it is full and of no more use.
         */
        private int unseen(long bits, long seen) {
            if (seen == -1) return draw(bits);
            long more = bits;
            for (int tries = 0; tries < Exclusion.TRIES; tries++) {
                int i = draw(more);
                if ((seen & 1L << i) == 0) return i;
                more = Range.more(more);
            }
            return table == null ? nextUnseen(Range.high(more, weighing.size()), seen) : restByWeight(more, seen);
        }

        private int nextUnseen(int start, long seen) {
            int i = start;
            while ((seen & 1L << i) != 0) i = i + 1 < weighing.size() ? i + 1 : 0;
            return i;
        }

        /** Walks over all, so it stands behind a few plain tries; who is next to a heavy one must not get its share. */
        private int restByWeight(long bits, long seen) {
            int chosen = 0;
            double total = 0;
            for (int i = 0; i < weighing.size(); i++) {
                if ((seen & 1L << i) != 0) continue;
                bits = Range.more(bits);
                total += weighing.weight(i);
                if (Range.unit(bits) * total < weighing.weight(i)) chosen = i;
            }
            return chosen;
        }
    }
}
