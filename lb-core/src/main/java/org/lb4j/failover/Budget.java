package org.lb4j.failover;

/**
 * How many extra sends a service may get: a share of its calls, and a floor a second for the quiet ones. Each
 * {@link Failover} counts for itself; a budget that is given to two is a pattern, not a shared purse.
 *
 * <pre>{@code
 * Failover failover = Failover.builder().budget(Budget.of(0.1, 5).burst(50)).build();
 * }</pre>
 *
 * <p>From the first call on, after T seconds: repeats paid for are at most ratio x calls + floor x (whole seconds of T + 1).
 * Repeats after a refused connection, an unknown host or no route are free: they cost the fleet nothing.
 */
public final class Budget {
    private static final double MAX_RATIO = 10;
    private static final double MAX_TOKENS = 1_000_000;
    private static final double DEFAULT_BURST = 100;
    private static final Budget UNLIMITED = new Budget(MAX_RATIO, MAX_TOKENS, MAX_TOKENS);
    private static final Budget NONE = new Budget(0, 0, 0);

    private final double ratio;
    private final double floor;
    private final double burst;

    private Budget(double ratio, double floor, double burst) {
        this.ratio = checked("budget ratio", ratio, MAX_RATIO);
        this.floor = checked("budget floor", floor, MAX_TOKENS);
        this.burst = checked("budget burst", burst, MAX_TOKENS);
    }

    /**
     * A share of the calls, and a floor a second. What the calls have earned is kept up to 100, see {@link #burst}.
     *
     * @param ratio repeats per call, in [0, 10]; 0.2 lets one call in five be repeated
     * @param floor repeats a second that are always allowed, in [0, 1000000]; unused ones are lost
     * @return the budget
     * @throws IllegalArgumentException if a number is outside
     */
    public static Budget of(double ratio, double floor) {
        return new Budget(ratio, floor, DEFAULT_BURST);
    }

    /**
     * No limit but the number of attempts. In an outage each call is sent as often as that allows.
     *
     * @return a budget that never refuses
     */
    public static Budget unlimited() {
        return UNLIMITED;
    }

    /**
     * Nothing but what is free.
     *
     * @return a budget that refuses all that costs
     */
    public static Budget none() {
        return NONE;
    }

    /**
     * Sets how much earned budget is kept: about the calls in flight that one lost server may take along.
     *
     * @param most in [0, 1000000]; default 100
     * @return a copy
     * @throws IllegalArgumentException if it is outside
     */
    public Budget burst(double most) {
        return isUnlimited() ? this : new Budget(ratio, floor, most);
    }

    boolean isUnlimited() {
        return this == UNLIMITED;
    }

    double ratio() {
        return ratio;
    }

    double floor() {
        return floor;
    }

    double burst() {
        return burst;
    }

    private static double checked(String what, double value, double most) {
        if (!(value >= 0 && value <= most)) // also for NaN
        throw new IllegalArgumentException(what + " must be in [0, " + (long) most + "], was " + value);
        return value;
    }

    @Override
    public String toString() {
        if (isUnlimited()) return "budget(unlimited)";
        return "budget(ratio " + ratio + ", floor " + floor + "/s, burst " + burst + ")";
    }
}
