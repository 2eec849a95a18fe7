package org.lb4j.algorithm;

import java.time.Duration;
import org.lb4j.Decay;
import org.lb4j.Member;
import org.lb4j.Picker;
import org.lb4j.Roster;
import org.lb4j.SelectionContext;
import org.lb4j.Signal;
import org.lb4j.hash.Mix;

/**
 * The one to take when in doubt: the least of expected latency times the cube of calls in flight, over all members of a
 * small roster, over sixteen of a large one, drawn by weight.
 *
 * <pre>
 * cost = max(L, age) * (1 + 16 f) * (k / v + 1)^3
 * L: the recent latency of good calls, forgotten within 30 s;  age: how long calls wait already, so a server that hangs is
 * seen before it answers;  f: recent failures;  k: calls in flight;  v: weight in units of the mean
 * </pre>
 *
 * <p>Samples count within a second, but an old estimate is forgotten far slower: a server that was slow is tried
 * again, yet not all clients try it at once. A server that was never measured counts as the mean of the others, less and
 * less: as the best of them it would get the whole stream. The constants were found by simulation: {@code docs/search.md}.
 */
final class Adaptive implements Picker {
    private static final int SCANNED = 64;
    private static final int DRAWN = 16;
    private static final double FAILURE_COST = 16;
    /** Any number will do, if it is the same for all: calls in flight and weights decide. */
    private static final double NOBODY_KNOWN = 1;

    private static final Decay MEMORY = Decay.within(Duration.ofSeconds(30));
    private static final Decay WARMING = Decay.over(Duration.ofSeconds(12));

    private final Roster roster;
    private final Member[] members;
    private final double[] perWeight; // 1 over the weight, in units of the mean
    private final Decay[] memory; // the heavier, the sooner tried again
    private final Decay[] warming;
    private final boolean all;
    private final Draws draws;

    Adaptive(Roster roster) {
        this.roster = roster;
        int n = roster.size();
        members = new Member[n];
        perWeight = new double[n];
        memory = new Decay[n];
        warming = new Decay[n];
        double sum = 0;
        for (int i = 0; i < n; i++) sum += roster.weight(i);
        for (int i = 0; i < n; i++) {
            members[i] = roster.member(i);
            double weight = roster.uniform() ? 1 : roster.weight(i) * n / sum;
            perWeight[i] = 1 / weight;
            memory[i] = weight == 1 ? MEMORY : MEMORY.times(weight);
            warming[i] = weight == 1 ? WARMING : WARMING.times(weight);
        }
        all = n <= SCANNED;
        draws = new Draws(roster);
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
            if (all) break;
        }
        return Exclusion.drawFromRest(roster, context);
    }

    /** Of those that are looked at; negative: all of them are excluded. */
    private int best(SelectionContext context, long now, long bits) {
        boolean excluding = context.excludesAny();
        double unknown = Double.NaN;
        int best = -1;
        double under = Double.POSITIVE_INFINITY;
        double upTo = under;
        double tied = 0;
        int looks = all ? members.length : DRAWN;
        long dice = bits;
        long seen = 0;
        for (int look = 0; look < looks; look++) {
            int i = look;
            if (!all) {
                i = draws.next(dice, seen);
                dice = Range.more(dice);
                seen |= 1L << i;
            }
            Member member = members[i];
            if (excluding && context.excludes(member)) continue;
            double latency = member.recentLatency(now, memory[i]);
            if (Double.isNaN(latency)) {
                if (Double.isNaN(unknown)) unknown = meanLatency(bits, now);
                latency = unknown == NOBODY_KNOWN ? unknown : unknown * warmth(i, now);
            }
            double calls = member.inFlight() * perWeight[i] + 1;
            double crowd = calls * calls * calls;
            if (latency * crowd > upTo) continue; // age and failures only make it dearer
            double age = member.meanAge(now);
            double cost = (age > latency ? age : latency) * crowd * (1 + FAILURE_COST * member.failureLoad(now));
            if (cost > upTo) continue;
            double weight = roster.weight(i);
            tied = cost < under ? weight : tied + weight;
            if (tied > weight && Range.unit(Mix.mix(dice + look)) * tied >= weight) continue; // a tie falls by weight
            best = i;
            under = Tie.under(cost);
            upTo = Tie.upTo(cost);
        }
        return best;
    }

    /** What never answered but with errors has nothing to be warm about. */
    private double warmth(int i, long now) {
        return members[i].failureLoad(now) > 0 ? 1 : warming[i].after(now - members[i].inSince());
    }

    /** The mean of those that are known, of the same ones that are looked at. */
    private double meanLatency(long bits, long now) {
        double sum = 0;
        int known = 0;
        int looks = all ? members.length : DRAWN;
        long dice = bits;
        long seen = 0;
        for (int look = 0; look < looks; look++) {
            int i = look;
            if (!all) {
                i = draws.next(dice, seen);
                dice = Range.more(dice);
                seen |= 1L << i;
            }
            double latency = members[i].recentLatency(now, memory[i]);
            if (Double.isNaN(latency)) continue;
            sum += latency;
            known++;
        }
        return known == 0 ? NOBODY_KNOWN : sum / known;
    }
}
