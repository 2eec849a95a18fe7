package org.lb4j.health;

import java.time.Duration;

/**
 * The settings of an {@link OutlierDetector}; may be replaced while it runs.
 *
 * <pre>{@code
 * OutlierSettings careful = OutlierSettings.defaults().withMaxEjected(0.2).withDryRun(true);
 * }</pre>
 *
 * @param threshold a server is out if more than this share of its calls surely fails; default 0.5
 * @param margin or if it surely fails by this much more than the median of all; default 0.05
 * @param streak or after this many failures in a row, more of them where failures are common; default 5
 * @param streakTime and no success for this long; default 500 ms
 * @param maxEjected the share of servers that may be out at once, of which one always may; default 0.34
 * @param ejection how long the first ejection lasts, doubled by each that follows; default 10 s
 * @param maxEjection how long one lasts at most; default 300 s
 * @param trials how many trial calls must go well before a server is back; default 3
 * @param permitFor a trial call that takes longer makes room for another; default 5 s
 * @param dryRun whether it only looks: the same decisions and events, and nothing is set on the pool
 */
public record OutlierSettings(
        double threshold,
        double margin,
        int streak,
        Duration streakTime,
        double maxEjected,
        Duration ejection,
        Duration maxEjection,
        int trials,
        Duration permitFor,
        boolean dryRun) {
    private static final OutlierSettings DEFAULTS = new OutlierSettings(
            0.5,
            0.05,
            5,
            Duration.ofMillis(500),
            0.34,
            Duration.ofSeconds(10),
            Duration.ofSeconds(300),
            3,
            Duration.ofSeconds(5),
            false);

    /**
     * Refuses what makes no sense.
     *
     * @throws IllegalArgumentException with the rule and the value
     */
    public OutlierSettings {
        share("threshold", threshold);
        share("margin", margin);
        share("maxEjected", maxEjected);
        atLeast("streak", streak, 2);
        atLeast("trials", trials, 1);
        if (streakTime == null || streakTime.isNegative())
            throw new IllegalArgumentException("streakTime must not be negative, was " + streakTime);
        above0("ejection", ejection);
        above0("permitFor", permitFor);
        if (maxEjection == null || maxEjection.compareTo(ejection) < 0)
            throw new IllegalArgumentException(
                    "maxEjection must be at least ejection, " + ejection + ", was " + maxEjection);
    }

    private static void share(String what, double value) {
        if (!(value > 0 && value < 1)) throw new IllegalArgumentException(what + " must be in (0, 1), was " + value);
    }

    private static void atLeast(String what, int value, int least) {
        if (value < least) throw new IllegalArgumentException(what + " must be at least " + least + ", was " + value);
    }

    private static void above0(String what, Duration value) {
        if (value == null || value.isNegative() || value.isZero())
            throw new IllegalArgumentException(what + " must be above 0, was " + value);
    }

    /**
     * The defaults.
     *
     * @return as documented above
     */
    public static OutlierSettings defaults() {
        return DEFAULTS;
    }

    /**
     * Another absolute threshold.
     *
     * @param share in (0, 1)
     * @return a copy
     */
    public OutlierSettings withThreshold(double share) {
        return new OutlierSettings(
                share, margin, streak, streakTime, maxEjected, ejection, maxEjection, trials, permitFor, dryRun);
    }

    /**
     * Another margin above the median.
     *
     * @param share in (0, 1)
     * @return a copy
     */
    public OutlierSettings withMargin(double share) {
        return new OutlierSettings(
                threshold, share, streak, streakTime, maxEjected, ejection, maxEjection, trials, permitFor, dryRun);
    }

    /**
     * Another length of a streak.
     *
     * @param failures in a row, at least 2
     * @param time without success
     * @return a copy
     */
    public OutlierSettings withStreak(int failures, Duration time) {
        return new OutlierSettings(
                threshold, margin, failures, time, maxEjected, ejection, maxEjection, trials, permitFor, dryRun);
    }

    /**
     * Another allowance.
     *
     * @param share of the servers, in (0, 1)
     * @return a copy
     */
    public OutlierSettings withMaxEjected(double share) {
        return new OutlierSettings(
                threshold, margin, streak, streakTime, share, ejection, maxEjection, trials, permitFor, dryRun);
    }

    /**
     * Other lengths of ejections.
     *
     * @param first of the first one
     * @param longest of any
     * @return a copy
     */
    public OutlierSettings withEjection(Duration first, Duration longest) {
        return new OutlierSettings(
                threshold, margin, streak, streakTime, maxEjected, first, longest, trials, permitFor, dryRun);
    }

    /**
     * Other trials.
     *
     * @param calls that must go well
     * @param permitFor how long one may take
     * @return a copy
     */
    public OutlierSettings withTrials(int calls, Duration permitFor) {
        return new OutlierSettings(
                threshold, margin, streak, streakTime, maxEjected, ejection, maxEjection, calls, permitFor, dryRun);
    }

    /**
     * With or without consequences.
     *
     * @param on true: only look
     * @return a copy
     */
    public OutlierSettings withDryRun(boolean on) {
        return new OutlierSettings(
                threshold, margin, streak, streakTime, maxEjected, ejection, maxEjection, trials, permitFor, on);
    }
}
