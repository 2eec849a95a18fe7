package org.lb4j.algorithm;

import org.lb4j.Load;
import org.lb4j.Member;
import org.lb4j.Picker;
import org.lb4j.Roster;
import org.lb4j.SelectionContext;
import org.lb4j.load.Loads;

/**
 * The least of load by weight, over all members. Ties fall by chance: by index they would send all clients to one server at
 * once.
 *
 * <p>If the best is idle, all idle ones of equal load are a tie, drawn by weight; else each call of a quiet client would go
 * to the heaviest, whose quotient is the least when nothing is going on.
 */
final class LeastLoaded implements Picker {
    private final Weighing weighing;
    /** Whether idle means least, so that the first idle one that is found by chance will do. */
    private final boolean idleIsLeast;

    LeastLoaded(Roster roster, Load load) {
        weighing = new Weighing(roster, load);
        idleIsLeast = load == Loads.inFlight() && roster.uniform();
    }

    @Override
    public boolean timed() {
        return weighing.timed();
    }

    @Override
    public Member pick(SelectionContext context, long now) {
        long bits = weighing.roster.draw();
        if (idleIsLeast && !context.excludesAny()) {
            int first = Range.high(bits, weighing.size());
            if (weighing.idle(first, now)) return weighing.members[first];
            int second = Range.low(bits, weighing.size());
            if (weighing.idle(second, now)) return weighing.members[second];
        }
        int best = least(context, now, Range.more(bits));
        if (best < 0) return Exclusion.drawFromRest(weighing.roster, context); // all are excluded
        if (!weighing.even() && weighing.idle(best, now)) best = idleByWeight(context, now, best);
        return weighing.members[best];
    }

    /** Negative: all are excluded. */
    private int least(SelectionContext context, long now, long bits) {
        int best = -1;
        int ties = 0;
        double least = Double.POSITIVE_INFINITY;
        double most = Double.NEGATIVE_INFINITY;
        int unknown = -1;
        int unknowns = 0;
        int failing = -1;
        for (int i = 0; i < weighing.size(); i++) {
            if (context.excludesAny() && weighing.excluded(i, context)) continue;
            double cost = weighing.cost(i, now);
            bits = Range.more(bits);
            if (Double.isNaN(cost)) {
                if (weighing.fails(i, now)) failing = i;
                else if (Tie.goesToLast(bits, ++unknowns)) unknown = i;
            } else {
                most = Math.max(most, cost);
                if (best < 0 || Tie.below(cost, least)) ties = 1;
                else if (!Tie.with(cost, least) || !Tie.goesToLast(bits, ++ties)) continue;
                best = i;
                least = cost;
            }
        }
        int chosen = Tie.goesToUnknown(bits, unknowns, ties, least, most) ? unknown : best;
        return chosen < 0 ? failing : chosen; // unknown and failing: better than nobody
    }

    private int idleByWeight(SelectionContext context, long now, int best) {
        long bits = weighing.roster.draw(); // dice of its own: those that found the best would favour some
        int chosen = best;
        double total = 0;
        for (int i = 0; i < weighing.size(); i++) {
            if (context.excludesAny() && weighing.excluded(i, context)) continue;
            if (!weighing.bothIdle(best, i, now)) continue;
            bits = Range.more(bits);
            total += weighing.weight(i);
            if (Range.unit(bits) * total < weighing.weight(i)) chosen = i;
        }
        return chosen;
    }
}
