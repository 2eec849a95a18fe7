package org.lb4j.algorithm;

import org.lb4j.Load;
import org.lb4j.Member;
import org.lb4j.Picker;
import org.lb4j.Roster;
import org.lb4j.SelectionContext;

/**
 * The least loaded of d members drawn at random. Distinct ones: with replacement a hung server is at times compared with
 * itself, and wins.
 *
 * <p>An unknown load (NaN) compares as false with everything: who has one wins if it was drawn first and loses otherwise,
 * which is a fair tie.
 */
abstract class PowerOf implements Picker {
    final Weighing weighing;
    final int d;

    private PowerOf(Roster roster, int d, Load load) {
        this.weighing = new Weighing(roster, load);
        this.d = d;
    }

    static Picker of(Roster roster, int d, Load load) {
        if (d >= roster.size()) return new LeastLoaded(roster, load);
        if (!roster.uniform()) return new ByWeight(roster, d, load);
        return d == 2 ? new Pair(roster, load) : new Even(roster, d, load);
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
        return Range.high(Range.more(bits), ties) == 0;
    }

    final double cost(int i, SelectionContext context, long now) {
        return context.excludesAny() && weighing.excluded(i, context)
                ? Double.POSITIVE_INFINITY
                : weighing.cost(i, now);
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
            return Tie.below(cost(second, context, now), cost(first, context, now)) ? second : first;
        }
    }

    /** More of equal weights. */
    private static final class Even extends PowerOf {
        private final PrimeWalk walk;

        Even(Roster roster, int d, Load load) {
            super(roster, d, load);
            walk = new PrimeWalk(roster.size());
        }

        @Override
        int best(SelectionContext context, long now, long bits) {
            long at = walk.begin(bits);
            int best = PrimeWalk.place(at);
            double least = cost(best, context, now);
            int ties = 1;
            for (int drawn = 1; drawn < d; drawn++) {
                at = walk.next(at);
                int i = PrimeWalk.place(at);
                double cost = cost(i, context, now);
                if (Tie.below(cost, least)) ties = 1;
                else if (!Tie.with(cost, least) || !winsTie(bits + drawn, ++ties)) continue;
                best = i;
                least = cost;
            }
            return best;
        }
    }

    /**
     * Drawn by weight, each member once. Of idle ones the first drawn is kept: a coin would favour the light ones, who come
     * second more often than their weight says.
     */
    private static final class ByWeight extends PowerOf {
        private final AliasTable table;

        ByWeight(Roster roster, int d, Load load) {
            super(roster, d, load);
            table = new AliasTable(roster);
        }

        @Override
        int best(SelectionContext context, long now, long bits) {
            int best = table.index(bits);
            double least = cost(best, context, now);
            long seen = 1L << best;
            int ties = 1;
            for (int drawn = 1; drawn < d; drawn++) {
                bits = Range.more(bits);
                int i = unseen(bits, seen);
                seen |= 1L << i;
                double cost = cost(i, context, now);
                if (Tie.below(cost, least)) ties = 1;
                else if (!Tie.with(cost, least) || !winsTie(bits + drawn, ++ties)) continue;
                if (least < Double.POSITIVE_INFINITY && weighing.bothIdle(best, i, now)) continue;
                best = i;
                least = cost;
            }
            return best;
        }

        /**
         * One that was not drawn yet: by weight, and if that fails a few times the next from anywhere. The mask has a bit for
         * each index modulo 64: among more members it also skips a few that were not drawn.
         */
        private int unseen(long bits, long seen) {
            long more = bits;
            for (int tries = 0; tries < Exclusion.TRIES; tries++) {
                int i = table.index(more);
                if ((seen & 1L << i) == 0) return i;
                more = Range.more(more);
            }
            int n = weighing.size();
            int start = Range.high(more, n);
            for (int step = 0; step < n; step++) {
                int i = start + step < n ? start + step : start + step - n;
                if ((seen & 1L << i) == 0) return i;
            }
            return start;
        }
    }
}
