package org.lb4j.algorithm;

import org.lb4j.Load;
import org.lb4j.Member;
import org.lb4j.Picker;
import org.lb4j.Roster;
import org.lb4j.SelectionContext;

/**
 * The least loaded of d members drawn at random. Distinct ones: with replacement a hung server is at times compared with
 * itself, and wins.
 */
abstract class PowerOf implements Picker {
    final Weighing weighing;

    private PowerOf(Roster roster, Load load) {
        this.weighing = new Weighing(roster, load);
    }

    static Picker of(Roster roster, int d, Load load) {
        if (d >= roster.size() || d > Draws.MOST) return new LeastLoaded(roster, load);
        return d == 2 && roster.uniform() ? new Pair(roster, load) : new Sample(roster, d, load);
    }

    @Override
    public final boolean timed() {
        return weighing.timed();
    }

    @Override
    public final Member pick(SelectionContext context, long now) {
        int best = best(context, now, weighing.roster.draw());
        return best < 0 ? another(context, now) : weighing.members[best];
    }

    /** All that were drawn are excluded. */
    private Member another(SelectionContext context, long now) {
        for (int tries = 0; tries < Exclusion.TRIES; tries++) {
            int best = best(context, now, weighing.roster.draw());
            if (best >= 0) return weighing.members[best];
        }
        return Exclusion.drawFromRest(weighing.roster, context);
    }

    /** The best of d; negative: all of them are excluded. */
    abstract int best(SelectionContext context, long now, long bits);

    /** Two of equal weights. A tie, or an unknown load, goes to the first drawn: their order is as good as a coin. */
    private static final class Pair extends PowerOf {
        Pair(Roster roster, Load load) {
            super(roster, load);
        }

        @Override
        int best(SelectionContext context, long now, long bits) {
            int first = Range.high(bits, weighing.size());
            int second = Range.low(bits, weighing.size() - 1);
            if (second >= first) second++; // skip over the first: distinct, no retry, no bias
            if (context.excludesAny()) {
                boolean out = weighing.excluded(second, context);
                if (weighing.excluded(first, context)) return out ? -1 : second;
                if (out) return first;
            }
            double cost = weighing.cost(first, now);
            if (Double.isNaN(cost) && weighing.fails(first, now)) return second;
            return Tie.below(weighing.cost(second, now), cost) ? second : first;
        }
    }

    /**
     * More, or by weight. Of idle ones of unequal weight the first drawn is kept: a coin would favour the light ones, who come
     * second more often than their weight says.
     */
    private static final class Sample extends PowerOf {
        private final Draws draws;
        private final int d;

        Sample(Roster roster, int d, Load load) {
            super(roster, load);
            this.draws = new Draws(roster);
            this.d = d;
        }

        @Override
        int best(SelectionContext context, long now, long bits) {
            long seen = 0;
            int best = -1;
            int ties = 0;
            double least = Double.POSITIVE_INFINITY;
            double most = Double.NEGATIVE_INFINITY;
            int unknown = -1;
            int unknowns = 0;
            int failing = -1;
            for (int drawn = 0; drawn < d; drawn++) {
                int i = draws.next(bits, seen);
                bits = Range.more(bits);
                seen |= 1L << i;
                if (context.excludesAny() && weighing.excluded(i, context)) continue;
                double cost = weighing.cost(i, now);
                if (Double.isNaN(cost)) {
                    if (weighing.fails(i, now)) failing = i;
                    else if (Tie.goesToLast(bits, ++unknowns)) unknown = i;
                    continue;
                }
                most = Math.max(most, cost);
                if (best >= 0 && !weighing.even() && weighing.bothIdle(best, i, now)) continue;
                if (best < 0 || Tie.below(cost, least)) ties = 1;
                else if (!Tie.with(cost, least) || !Tie.goesToLast(bits, ++ties)) continue;
                best = i;
                least = cost;
            }
            int chosen = Tie.goesToUnknown(bits, unknowns, ties, least, most) ? unknown : best;
            return chosen < 0 ? failing : chosen; // unknown and failing: better than nobody
        }
    }
}
