package org.lb4j.load;

import org.lb4j.Load;

/**
 * What "less loaded" means, for {@code Algorithms.leastLoaded} and {@code Algorithms.powerOf}.
 *
 * <pre>{@code
 * Selector users = pool.selector(Algorithms.powerOf(3, Loads.peakEwma()));
 * }</pre>
 *
 * <p>In all of them failures cost: a load is multiplied by 1 + 4 f, where f is {@link org.lb4j.Member#failureLoad}, so that a
 * server which fails in a millisecond never looks fast. Weights weigh the calls in flight.
 */
public final class Loads {
    /** How much dearer each recent failure makes a server. */
    static final double FAILURE_COST = 4;

    private Loads() {}

    /**
     * Calls in flight, this one included. Needs no clock.
     *
     * @return the load behind {@code leastConnections()} and {@code powerOfTwo()}
     */
    public static Load inFlight() {
        return InFlight.LOAD;
    }

    /**
     * Mean latency times calls in flight, this one included.
     *
     * @return the load behind {@code leastResponseTime()}
     */
    public static Load responseTime() {
        return Latency.MEAN;
    }

    /**
     * A latency that jumps to each peak and fades, times calls in flight, this one included.
     *
     * @return the load behind {@code peakEwma()}
     */
    public static Load peakEwma() {
        return Latency.PEAK;
    }

    /**
     * The utilisation that servers report of themselves ({@link org.lb4j.Lease#report}); unknown after three minutes.
     *
     * @return a load for servers that answer with {@code endpoint-load-metrics}
     */
    public static Load reported() {
        return Reported.LOAD;
    }
}
