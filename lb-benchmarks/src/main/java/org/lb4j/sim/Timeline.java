package org.lb4j.sim;

import java.util.Arrays;

/**
 * How a server is at each moment of a run: each condition holds until the next begins. Known beforehand, so that the end of
 * a piece of work can be computed when it begins, whatever happens to the server in between.
 */
final class Timeline {
    static final Timeline WELL = always(Condition.WELL);

    private final long[] from;
    private final Condition[] conditions;

    private Timeline(long[] from, Condition[] conditions) {
        this.from = from;
        this.conditions = conditions;
    }

    static Timeline always(Condition condition) {
        return new Timeline(new long[] {Long.MIN_VALUE}, new Condition[] {condition});
    }

    /** The same up to a time; from then on as said. */
    Timeline then(double seconds, Condition condition) {
        int n = from.length;
        long[] times = Arrays.copyOf(from, n + 1);
        Condition[] all = Arrays.copyOf(conditions, n + 1);
        times[n] = Math.round(seconds * 1e9);
        all[n] = condition;
        return new Timeline(times, all);
    }

    Condition at(long now) {
        return conditions[index(now)];
    }

    /** When work that begins now ends. */
    long finish(long now, double work) {
        int i = index(now);
        double left = work;
        long at = now;
        while (i < from.length - 1) {
            double possible = (double) (from[i + 1] - at) * conditions[i].speed();
            if (possible >= left) break;
            left -= possible;
            at = from[++i];
        }
        return at + (long) Math.ceil(left / conditions[i].speed());
    }

    private int index(long now) {
        int i = from.length - 1;
        while (from[i] > now) i--;
        return i;
    }
}
