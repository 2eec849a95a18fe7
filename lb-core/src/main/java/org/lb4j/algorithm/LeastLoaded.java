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
    /** Whether calls in flight are all that counts, while nobody fails. */
    private final boolean callsDecide;

    LeastLoaded(Roster roster, Load load) {
        weighing = new Weighing(roster, load);
        callsDecide = load == Loads.inFlight() && roster.uniform();
    }

    @Override
    public boolean timed() {
        return weighing.timed();
    }

    @Override
    public Member pick(SelectionContext context, long now) {
        long bits = weighing.roster.draw();
        if (callsDecide && !context.excludesAny()) {
            int fewest = fewestCalls(bits, now);
            if (fewest >= 0) return weighing.members[fewest];
        }
        int best = least(context, now, Range.more(bits));
        if (best < 0) return Exclusion.drawFromRest(weighing.roster, context); // all are excluded
        if (!weighing.even() && weighing.idle(best, now)) best = idleByWeight(context, now, best);
        return weighing.members[best];
    }

    /**
     * An idle one found by chance is as good as any. Else two walks, as dice for each of a tie cost more than the second.
     * Negative: somebody fails, so calls alone do not decide.
     */
    private int fewestCalls(long bits, long now) {
        int guess = Range.high(bits, weighing.size());
        if (weighing.idle(guess, now)) return guess;
        Member[] members = weighing.members;
        int fewest = Integer.MAX_VALUE;
        int ties = 0;
        for (int i = 0; i < members.length; i++) {
            if (weighing.fails(i, now)) return -1;
            int calls = members[i].inFlight();
            if (calls < fewest) ties = 0;
            if (calls <= fewest) {
                fewest = calls;
                ties++;
            }
        }
        int left = Range.low(bits, ties);
        int chosen = guess;
        for (int i = 0; i < members.length && left >= 0; i++) {
            if (members[i].inFlight() > fewest) continue;
            chosen = i; // of those that are left if others of the tie have got calls meanwhile, the last
            left--;
        }
        return chosen;
    }

    /** Negative: all are excluded. */
    private int least(SelectionContext context, long now, long bits) {
        int best = -1;
        int ties = 0;
        double least = Double.POSITIVE_INFINITY;
        double under = least;
        double upTo = least;
        double most = Double.NEGATIVE_INFINITY;
        int unknown = -1;
        int unknowns = 0;
        int failing = -1;
        boolean excluding = context.excludesAny();
        for (int i = 0; i < weighing.size(); i++) {
            if (excluding && weighing.excluded(i, context)) continue;
            double cost = weighing.cost(i, now);
            if (cost > most) most = cost;
            if (cost > upTo) continue;
            bits = Range.more(bits);
            if (Double.isNaN(cost)) {
                if (weighing.fails(i, now)) failing = i;
                else if (Tie.goesToLast(bits, ++unknowns)) unknown = i;
            } else {
                ties = cost < under ? 1 : ties + 1;
                if (ties > 1 && !Tie.goesToLast(bits, ties)) continue;
                best = i;
                least = cost;
                under = Tie.under(cost);
                upTo = Tie.upTo(cost);
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
