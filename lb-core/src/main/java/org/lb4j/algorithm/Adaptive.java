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
 * cost = max(L, age) * (1 + 16 f) * (k / v + 1)^3
 * L: the recent latency of good calls, forgotten within 30 s;  age: how long calls wait already, so a server that hangs is
 * seen before it answers;  f: recent failures;  k: calls in flight;  v: weight in units of the mean
 * </pre>
 *
 * <p>Samples count within a second, but an old estimate is forgotten far slower, and not at all while failures are
 * remembered: a server that was slow is tried again, yet not all clients try it at once, and one that fails is not taken for
 * fast because nobody has measured it lately. A server that was never measured counts as the mean of the others, less and
 * less: as the best of them it would get the whole stream. The constants were found by simulation: {@code docs/search.md}.
 */
final class Adaptive implements Picker {
    private static final int SCANNED = 64;
    private static final int DRAWN = 16;
    private static final double FAILURE_COST = 16;
    private static final double MEMORY = 30e9; // nanoseconds
    private static final Decay WARMING = Decay.over(Duration.ofSeconds(12));
    /** Any number will do, if it is the same for all: calls in flight and weights decide. */
    private static final double NOBODY_KNOWN = 1;

    private final Roster roster;
    private final Member[] members;
    private final double[] weights; // in units of the mean
    private final long[] memory; // the heavier, the sooner tried again
    private final Decay[] warming;
    private final PrimeWalk walk;
    private final int looked;

    Adaptive(Roster roster) {
        this.roster = roster;
        int n = roster.size();
        members = new Member[n];
        weights = new double[n];
        memory = new long[n];
        warming = new Decay[n];
        double sum = 0;
        for (int i = 0; i < n; i++) sum += roster.weight(i);
        for (int i = 0; i < n; i++) {
            members[i] = roster.member(i);
            weights[i] = roster.weight(i) * n / sum;
            memory[i] = (long) Math.max(1, MEMORY / weights[i]);
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

    /** Of those that are looked at; negative: all of them are excluded. */
    private int best(SelectionContext context, long now, long bits) {
        double unknown = Double.NaN;
        int best = -1;
        double least = Double.POSITIVE_INFINITY;
        double tied = 0;
        long begin = walk.begin(bits);
        long at = begin;
        for (int met = 0; met < looked; met++, at = next(at)) {
            int i = place(met, at);
            if (context.excludesAny() && context.excludes(members[i])) continue;
            double failures = members[i].failureLoad(now);
            double latency = latency(i, failures, now);
            if (Double.isNaN(latency)) {
                if (Double.isNaN(unknown)) unknown = meanLatency(begin, now);
                latency = unknown(i, unknown, failures, now);
            }
            if (!Tie.with(latency, least)) continue; // all that follows makes it dearer
            double cost = cost(i, latency, failures, now);
            if (Tie.below(cost, least)) {
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

    /** All in their order, if all are looked at: ties fall by chance, so no walk is needed. */
    private int place(int met, long at) {
        return looked == members.length ? met : PrimeWalk.place(at);
    }

    private long next(long at) {
        return looked == members.length ? at : walk.next(at);
    }

    private double latency(int i, double failures, long now) {
        return members[i].recentLatency(now, failures > 0 ? Long.MAX_VALUE : memory[i]);
    }

    private double unknown(int i, double mean, double failures, long now) {
        return mean == NOBODY_KNOWN || failures > 0 ? mean : mean * warming[i].after(now - members[i].inSince());
    }

    private double cost(int i, double latency, double failures, long now) {
        int inFlight = members[i].inFlight();
        if (inFlight == 0) return latency * (1 + FAILURE_COST * failures);
        double calls = inFlight / weights[i] + 1;
        double expected = Math.max(latency, members[i].meanAge(now));
        return expected * (1 + FAILURE_COST * failures) * calls * calls * calls;
    }

    /** The mean of those that are known. */
    private double meanLatency(long begin, long now) {
        double sum = 0;
        int known = 0;
        long at = begin;
        for (int met = 0; met < looked; met++, at = next(at)) {
            int i = place(met, at);
            double latency = latency(i, 0, now);
            if (Double.isNaN(latency)) continue;
            sum += latency;
            known++;
        }
        return known == 0 ? NOBODY_KNOWN : sum / known;
    }
}
