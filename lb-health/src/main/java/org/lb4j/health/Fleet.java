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

    private Fleet(List<Watched> all) {
        double[] rates = new double[all.size()];
        double[] withRejections = new double[all.size()];
        double[] suspicion = new double[all.size()];
        int known = 0;
        int shown = 0;
        int inTraffic = 0;
        for (Watched each : all) {
            if (!each.serving()) continue;
            Sample sample = Sample.of(each.log());
            calls += sample.calls();
            failures += sample.failures();
            if (sample.known()) {
                rates[known] = sample.rate();
                withRejections[known++] = sample.rateWithRejections();
            }
            if (!each.member().inTraffic()) continue;
            inTraffic++;
            boolean streak = StreakWord.count(each.log().streak()) >= RUNNING_STREAK;
            if (streak || sample.known()) suspicion[shown++] = streak ? 1 : sample.rate();
        }
        median = median(rates, known);
        medianWithRejections = median(withRejections, known);
        together = shown >= 2 && 2 * shown >= inTraffic && lowerQuartile(suspicion, shown) > TOGETHER;
    }

    static Fleet of(List<Watched> all) {
        return new Fleet(all);
    }

    /** One server's window. */
    record Sample(long calls, long failures, long rejections) {
        static Sample of(CallLog log) {
            CallCounts counts = log.counts();
            long calls = Math.max(0, counts.calls());
            long failures = Math.min(calls, counts.failures());
            return new Sample(calls, failures, Math.min(calls - failures, counts.rejections()));
        }

        boolean known() {
            return calls >= OutlierRules.ABSOLUTE_CALLS;
        }

        double rate() {
            return (double) failures / calls;
        }

        double rateWithRejections() {
            return (double) (failures + rejections) / calls;
        }

        long failuresAndRejections() {
            return failures + rejections;
        }
    }

    private static double median(double[] values, int count) {
        if (count < LEAST_FOR_MEDIAN) return Double.NaN;
        Arrays.sort(values, 0, count);
        return count % 2 == 1 ? values[count / 2] : (values[count / 2 - 1] + values[count / 2]) / 2;
    }

    private static double lowerQuartile(double[] values, int count) {
        Arrays.sort(values, 0, count);
        return values[(count - 1) / 4];
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
