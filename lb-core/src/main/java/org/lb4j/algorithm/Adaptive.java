package org.lb4j.algorithm;

import java.time.Duration;
import org.lb4j.Decay;
import org.lb4j.Member;
import org.lb4j.Picker;
import org.lb4j.Roster;
import org.lb4j.SelectionContext;
import org.lb4j.Signal;

/**
 * The one to take when in doubt: the least of expected latency times the cube of calls in flight, over all members of a
 * small roster, over sixteen drawn ones of a large one.
 *
 * <pre>
 * cost = max(L, age) * (1 + 4 f) * (k / v + 1)^3
 * L: the recent latency of good calls, forgotten within 20 s;  age: how long calls wait already, so a server that hangs is
 * seen before it answers;  f: recent failures;  k: calls in flight;  v: weight in units of the mean
 * </pre>
 *
 * <p>Samples count within two seconds, but an old estimate is forgotten ten times slower: a server that was slow is tried
 * again, yet not all clients try it at once. A server that was never measured counts as the mean of the others, less and
 * less: as the best of them it would get the whole stream.
 */
final class Adaptive implements Picker {
    private static final int SCANNED = 64;
    private static final int DRAWN = 16;
    private static final double FAILURE_COST = 4;
    /** Any number will do, if it is the same for all: calls in flight and weights decide. */
    private static final double NOBODY_KNOWN = 1;

    private static final Decay FORGETTING = Decay.over(Duration.ofSeconds(20));
    private static final Decay WARMING = Decay.over(Duration.ofSeconds(4));

    private final Roster roster;
    private final Member[] members;
    private final double[] weights; // in units of the mean
    private final Decay[] forgetting; // the heavier, the sooner tried again
    private final Decay[] warming;
    private final PrimeWalk walk;
    private final int looked;

    Adaptive(Roster roster) {
        this.roster = roster;
        int n = roster.size();
        members = new Member[n];
        weights = new double[n];
        forgetting = new Decay[n];
        warming = new Decay[n];
        double sum = 0;
        for (int i = 0; i < n; i++) sum += roster.weight(i);
        for (int i = 0; i < n; i++) {
            members[i] = roster.member(i);
            weights[i] = roster.weight(i) * n / sum;
            forgetting[i] = roster.uniform() ? FORGETTING : FORGETTING.times(weights[i]);
            warming[i] = roster.uniform() ? WARMING : WARMING.times(weights[i]);
        }
        walk = new PrimeWalk(n);
        looked = n <= SCANNED ? n : DRAWN;
        roster.measure(Signal.RECENT_LATENCY);
    }

    @Override
    public boolean timed() {
        return true;
    }

    @Override
    public Member pick(SelectionContext context, long now) {
        for (int tries = 0; tries <= Exclusion.TRIES; tries++) {
            int best = best(context, now, roster.draw());
            if (best >= 0) return members[best];
            if (looked == members.length) break;
        }
        return Exclusion.drawFromRest(roster, context);
    }

    /** Of those that the walk meets; negative: all of them are excluded. */
    private int best(SelectionContext context, long now, long bits) {
        double unknown = Double.NaN;
        int best = -1;
        double least = 0;
        double tied = 0;
        long begin = walk.begin(bits);
        long at = begin;
        for (int met = 0; met < looked; met++, at = walk.next(at)) {
            int i = PrimeWalk.place(at);
            if (context.excludesAny() && context.excludes(members[i])) continue;
            double latency = members[i].recentLatency(now, forgetting[i]);
            if (Double.isNaN(latency)) {
                if (Double.isNaN(unknown)) unknown = meanLatency(begin, now);
                latency = unknown == NOBODY_KNOWN ? unknown : unknown * warming[i].after(now - members[i].inSince());
            }
            double cost = cost(i, latency, now);
            if (best < 0 || Tie.below(cost, least)) {
                best = i;
                least = cost;
                tied = weights[i];
            } else if (Tie.with(cost, least)) {
                bits = Range.more(bits);
                tied += weights[i];
                if (Range.unit(bits) * tied < weights[i]) best = i;
            }
        }
        return best;
    }

    private double cost(int i, double latency, long now) {
        Member member = members[i];
        double calls = member.inFlight() / weights[i] + 1;
        double expected = Math.max(latency, member.meanAge(now));
        return expected * (1 + FAILURE_COST * member.failureLoad(now)) * calls * calls * calls;
    }

    /** The mean of those that are known. */
    private double meanLatency(long begin, long now) {
        double sum = 0;
        int known = 0;
        long at = begin;
        for (int met = 0; met < looked; met++, at = walk.next(at)) {
            int i = PrimeWalk.place(at);
            double latency = members[i].recentLatency(now, forgetting[i]);
            if (Double.isNaN(latency)) continue;
            sum += latency;
            known++;
        }
        return known == 0 ? NOBODY_KNOWN : sum / known;
    }
}
