package org.lb4j.sim;

import org.jspecify.annotations.Nullable;
import org.lb4j.Outcome;

/**
 * How a server is for a while.
 *
 * @param speed work done in a unit of time; 0: it hangs
 * @param extra nanoseconds that each answer takes on top, without keeping a slot
 * @param failing how a call ends that does not get to work; null: all do
 * @param failsAfter nanoseconds until such a call has its answer
 */
record Condition(double speed, long extra, @Nullable Outcome failing, long failsAfter) {
    static final Condition WELL = speed(1);

    static Condition speed(double speed) {
        return new Condition(speed, 0, null, 0);
    }

    static Condition slower(double ms) {
        return new Condition(1, Math.round(ms * 1e6), null, 0);
    }

    static Condition failing(Outcome how, double ms) {
        return new Condition(1, 0, how, Math.round(ms * 1e6));
    }
}
