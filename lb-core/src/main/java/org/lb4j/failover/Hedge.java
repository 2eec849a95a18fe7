package org.lb4j.failover;

import java.time.Duration;
import java.util.function.Supplier;

/**
 * A second attempt on another server when the first is slow; the first success wins and the other is cancelled. Only for
 * {@link Repeat#FREELY}, only in the asynchronous form, with a budget of its own: one call in twenty.
 *
 * <pre>{@code
 * Failover failover = Failover.builder().hedge(Hedge.after(Duration.ofMillis(80))).build();   // your 95th percentile
 * }</pre>
 */
public final class Hedge {
    private static final Duration LEAST = Duration.ofMillis(1);
    private static final Budget ONE_IN_TWENTY = Budget.of(0.05, 1).burst(10);

    private final Supplier<Duration> delay;
    private final Budget budget;

    private Hedge(Supplier<Duration> delay, Budget budget) {
        this.delay = delay;
        this.budget = budget;
    }

    /**
     * Hedges after a fixed delay.
     *
     * @param delay above 1 ms; take the 95th percentile of your latency
     * @return the hedge
     * @throws IllegalArgumentException if the delay is 1 ms or less
     */
    public static Hedge after(Duration delay) {
        if (delay.compareTo(LEAST) <= 0)
            throw new IllegalArgumentException("hedge delay must be above 1 ms, was " + Spans.text(delay));
        return after(() -> delay);
    }

    /**
     * Hedges after a delay that moves, such as a percentile that is measured.
     *
     * @param delay asked at each call; at 1 ms or less that call is not hedged
     * @return the hedge
     */
    public static Hedge after(Supplier<Duration> delay) {
        return new Hedge(delay, ONE_IN_TWENTY);
    }

    /**
     * Sets how many calls may be hedged.
     *
     * @param budget default {@code Budget.of(0.05, 1).burst(10)}
     * @return a copy
     */
    public Hedge budget(Budget budget) {
        return new Hedge(delay, budget);
    }

    Budget budget() {
        return budget;
    }

    /** How long the first attempt has for itself; 0: no hedge for this call. */
    long delayNanos() {
        Duration now = delay.get();
        return now.compareTo(LEAST) <= 0 ? 0 : Spans.nanos(now);
    }
}
