package org.lb4j;

/**
 * Something that is measured about servers only while somebody asks for it, since it costs each call a little.
 * A {@link Load} says which it reads; {@link Roster#measure} switches them on for the whole pool.
 *
 * <pre>{@code
 * roster.measure(Signal.MEAN_LATENCY);   // in compile, by an algorithm that reads it
 * }</pre>
 */
public enum Signal {
    /** {@link Member#peakLatency}. */
    PEAK_LATENCY,
    /** {@link Member#meanLatency}. */
    MEAN_LATENCY,
    /** {@link Member#recentLatency}. */
    RECENT_LATENCY,
    /** {@link Member#reported} and {@link Member#report}. */
    REPORT;

    /** The bits of all that need a latency sample of each call. */
    static final int LATENCIES = PEAK_LATENCY.bit() | MEAN_LATENCY.bit() | RECENT_LATENCY.bit();

    int bit() {
        return 1 << ordinal();
    }

    boolean in(int signals) {
        return (signals & bit()) != 0;
    }
}
