package org.lb4j.sim;

import org.jspecify.annotations.Nullable;

/**
 * What one run has shown.
 *
 * @param seed of the run
 * @param calls scored
 * @param errors share of them that did not succeed
 * @param latencies of those with an answer
 * @param load at the servers
 * @param shares of traffic over time, if a fault was watched
 * @param end nanoseconds until the last call was over
 */
record Result(
        long seed,
        long calls,
        double errors,
        Latencies latencies,
        LoadSamples.Mean load,
        @Nullable ShareSeries shares,
        long end) {}
