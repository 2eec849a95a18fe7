package org.lb4j.algorithm;

import org.lb4j.Load;
import org.lb4j.Member;
import org.lb4j.Roster;
import org.lb4j.SelectionContext;
import org.lb4j.Signal;

/** The members of a roster with what a load makes of each: weights in units of their mean, and what it must have measured. */
final class Weighing {

    final Roster roster;
    final Member[] members;
    private final Load load;
    private final double[] weights; // in units of the mean
    private final boolean even;
    private final boolean timed;

    Weighing(Roster roster, Load load) {
        this.roster = roster;
        this.load = load;
        this.even = roster.uniform();
        int n = roster.size();
        members = new Member[n];
        weights = new double[n];
        double sum = 0;
        for (int i = 0; i < n; i++) sum += roster.weight(i);
        for (int i = 0; i < n; i++) {
            members[i] = roster.member(i);
            weights[i] = roster.weight(i) * n / sum;
        }
        for (Signal signal : load.signals()) roster.measure(signal);
        timed = !load.signals().isEmpty();
    }

    int size() {
        return members.length;
    }

    boolean even() {
        return even;
    }

    boolean timed() {
        return timed;
    }

    double weight(int i) {
        return weights[i];
    }

    /** The cost of one more call on a member; NaN: unknown. */
    double cost(int i, long now) {
        return even ? load.of(members[i], now) : load.of(members[i], weights[i], now);
    }

    /** Whether it failed lately. Who reports nothing may still fail, and is no tie with those that do not. */
    boolean fails(int i, long now) {
        return now != 0 && members[i].failureLoad(now) > 0;
    }

    boolean excluded(int i, SelectionContext context) {
        return context.excludes(members[i]);
    }

    /** Whether two are idle and equally loaded, so that their weights alone decide. */
    boolean bothIdle(int i, int j, long now) {
        return idle(i, now) && idle(j, now) && sameLoad(i, j, now);
    }

    /** Two unknown loads are the same. */
    boolean sameLoad(int i, int j, long now) {
        double one = load.of(members[i], now);
        double other = load.of(members[j], now);
        return one == other || Double.isNaN(one) && Double.isNaN(other);
    }

    /** Nothing in flight and nothing to forgive. Without the time nobody knows about the latter. */
    boolean idle(int i, long now) {
        return members[i].inFlight() == 0 && !fails(i, now);
    }
}
