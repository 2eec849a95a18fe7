package org.lb4j.shape;

import org.jspecify.annotations.Nullable;
import org.lb4j.LoadReport;
import org.lb4j.Roster;
import org.lb4j.Shaper;
import org.lb4j.Signal;

/**
 * Weights from reported load: what a server could carry is its rate by its utilisation, errors counting as utilisation
 * (gRFC A58). Follows slowly: a prior for an algorithm that sees more, not a replacement.
 */
record Reports(double errorPenalty) implements Shaper {
    private static final long BLACKOUT = 10_000_000_000L; // a first report says little
    private static final long STEP = 1_000_000_000L;
    private static final double LEAST = 0.1; // of the mean: a report may be wrong
    private static final double MOST = 10;

    Reports {
        if (!(errorPenalty >= 0 && errorPenalty < Double.POSITIVE_INFINITY))
            throw new IllegalArgumentException("errorPenalty must be finite and at least 0, was " + errorPenalty);
    }

    @Override
    public Roster shape(Roster roster) {
        roster.measure(Signal.REPORT);
        Roster next = roster.until(roster.now() + STEP);
        double[] carried = new double[roster.size()];
        int known = 0;
        double sum = 0;
        for (int i = 0; i < carried.length; i++) {
            carried[i] = carried(roster.member(i).report(), roster.now());
            if (roster.weight(i) == 0 || Double.isNaN(carried[i])) continue;
            known++;
            sum += carried[i];
        }
        if (known < 2) return next;
        double mean = sum / known;
        double[] weights = new double[carried.length];
        for (int i = 0; i < weights.length; i++) {
            double factor = Double.isNaN(carried[i]) ? 1 : Math.max(LEAST, Math.min(MOST, carried[i] / mean));
            weights[i] = roster.weight(i) * factor;
        }
        return next.withWeights(weights);
    }

    /** Calls a second at full load; NaN: not known, or not yet, or no more. */
    private double carried(@Nullable LoadReport report, long now) {
        if (report == null || !report.complete() || report.expired(now)) return Double.NaN;
        return now - report.since() >= BLACKOUT ? carried(report) : Double.NaN;
    }

    double carried(LoadReport report) {
        return report.rate() / (report.utilization() + report.errors() / report.rate() * errorPenalty);
    }

    @Override
    public String toString() {
        return "reports(" + errorPenalty + ")";
    }
}
