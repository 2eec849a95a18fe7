package org.lb4j.shape;

import java.time.Duration;
import org.lb4j.Roster;
import org.lb4j.Shaper;

/** A ramp for who joined or came back: idle, it would else get the whole stream at once. */
record SlowStart(Duration window, double aggression) implements Shaper {
    private static final double LEAST = 0.1;
    private static final int STEPS = 20;
    private static final long SHORTEST_STEP = 1_000_000_000L;

    SlowStart {
        if (window.isNegative() || window.isZero())
            throw new IllegalArgumentException("slow start window must be above 0, was " + window);
        if (!(aggression > 0 && aggression < Double.POSITIVE_INFINITY))
            throw new IllegalArgumentException("aggression must be above 0, was " + aggression);
    }

    @Override
    public Roster shape(Roster roster) {
        double[] weights = new double[roster.size()];
        double all = 0;
        double ramping = 0;
        long end = Long.MAX_VALUE;
        for (int i = 0; i < weights.length; i++) {
            double weight = roster.weight(i);
            weights[i] = weight;
            all += weight;
            if (weight == 0 || !ramping(roster, i)) continue;
            ramping += weight;
            end = Math.min(end, window.toNanos() - age(roster, i));
            weights[i] = weight * factor(age(roster, i));
        }
        if (ramping == 0) return roster;
        long step = Math.max(window.toNanos() / STEPS, SHORTEST_STEP);
        long until = roster.now() + Math.min(step, end); // not beyond the end of the first ramp that ends
        // While most of the weight is new there is nobody to hold the load meanwhile.
        boolean mostlyNew = ramping > all / 2;
        return (mostlyNew ? roster : roster.withWeights(weights)).until(until);
    }

    /** Not who was there when the pool began. */
    private boolean ramping(Roster roster, int i) {
        return roster.inSince(i) - roster.start() > 0 && age(roster, i) < window.toNanos();
    }

    private static long age(Roster roster, int i) {
        return Math.max(0, roster.now() - roster.inSince(i));
    }

    private double factor(long age) {
        return Math.max(LEAST, StrictMath.pow((double) age / window.toNanos(), 1 / aggression));
    }

    @Override
    public String toString() {
        return "slowStart(" + window + ", " + aggression + ")";
    }
}
