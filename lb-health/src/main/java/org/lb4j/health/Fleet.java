package org.lb4j.health;

import java.util.Arrays;
import java.util.List;

/** All servers of a pool at one moment: what is usual among them, and whether they fail together. */
final class Fleet {
    /** The median of two is no median. */
    private static final int LEAST_FOR_MEDIAN = 3;

    /** A streak of so many counts as failing, before the window shows it. */
    private static final int RUNNING_STREAK = 3;

    private static final double TOGETHER = 0.5;

    private final double median;
    private final double medianWithRejections;
    private final boolean together;
    private long calls;
    private long failures;
    private long rejections;

    private Fleet(List<Watched> all) {
        double[] rates = new double[all.size()];
        double[] withRejections = new double[all.size()];
        int known = 0;
        int shown = 0;
        int well = 0;
        int inTraffic = 0;
        for (Watched each : all) {
            if (!each.serving()) continue;
            Sample sample = each.look();
            calls += sample.calls();
            failures += sample.failures();
            rejections += sample.rejections();
            if (sample.known()) {
                rates[known] = sample.rate();
                withRejections[known++] = sample.rateWithRejections();
            }
            if (!each.member().inTraffic()) continue;
            inTraffic++;
            boolean streak = StreakWord.count(each.log().streak()) >= RUNNING_STREAK;
            if (!streak && !sample.known()) continue;
            shown++;
            if (!streak && sample.rate() <= TOGETHER) well++;
        }
        median = median(rates, known);
        medianWithRejections = rejections == 0 ? median : median(withRejections, known);
        // The lower quartile, element (shown - 1) / 4 of the sorted rates, is above TOGETHER if no more than that are
        // not.
        together = shown >= 2 && 2 * shown >= inTraffic && well <= (shown - 1) / 4;
    }

    /** Looks at each of them anew. */
    static Fleet of(List<Watched> all) {
        return new Fleet(all);
    }

    private static double median(double[] values, int count) {
        if (count < LEAST_FOR_MEDIAN) return Double.NaN;
        Arrays.sort(values, 0, count);
        return count % 2 == 1 ? values[count / 2] : (values[count / 2 - 1] + values[count / 2]) / 2;
    }

    /** The error rate that is usual, too-busy answers included: all too busy is overload, one too busy an outlier. */
    double usualWithRejections() {
        return medianWithRejections;
    }

    /** The error rate of the others: the median, or what they fail altogether if there are too few for a median. */
    double usual(Sample own) {
        if (!Double.isNaN(median)) return median;
        long others = calls - own.calls();
        return others <= 0 ? 0 : (double) (failures - own.failures()) / others;
    }

    /**
     * Whether most of them fail, so that the fault is behind them: the lower quartile of at least two, which are at least
     * half of those in traffic, exceeds one half.
     */
    boolean together() {
        return together;
    }
}
