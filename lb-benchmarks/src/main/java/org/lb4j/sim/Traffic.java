package org.lb4j.sim;

import java.util.List;

/**
 * When calls begin: at random at a rate that may change in steps, or always so many at once.
 *
 * @param steps calls a second, from when on
 * @param closed calls always in flight instead, if above 0
 * @param calls how many there are in all, if closed
 */
record Traffic(List<Step> steps, int closed, int calls) {
    record Step(double fromSeconds, double perSecond) {}

    static Traffic open(List<Step> steps) {
        return new Traffic(List.copyOf(steps), 0, 0);
    }

    static Traffic closed(int atOnce, int calls) {
        return new Traffic(List.of(), atOnce, calls);
    }

    /** The next time after one, of a Poisson process of that rate. */
    long next(long now, Dice dice) {
        double left = dice.exponential(); // calls to be expected until then
        double at = now / 1e9;
        for (int i = 0; i < steps.size(); i++) {
            double end = i + 1 < steps.size() ? steps.get(i + 1).fromSeconds() : Double.POSITIVE_INFINITY;
            if (at >= end) continue;
            double rate = steps.get(i).perSecond();
            if (left <= (end - at) * rate) return Math.max(now, Math.round((at + left / rate) * 1e9));
            left -= (end - at) * rate;
            at = end;
        }
        return Long.MAX_VALUE;
    }
}
