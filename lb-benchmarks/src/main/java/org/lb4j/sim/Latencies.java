package org.lb4j.sim;

/**
 * Latencies of calls that had an answer or timed out, in nanoseconds. Calls that failed at once are in {@code judged} only.
 *
 * @param mean of all
 * @param p50 half are below
 * @param p90 nine tenths
 * @param p99 99 in 100
 * @param p999 999 in 1000
 * @param judged p99 of all calls, where one that failed at once counts as a wait of ten seconds: what the score is made of
 */
record Latencies(double mean, double p50, double p90, double p99, double p999, double judged) {
    /** A failed call is as bad as one that nobody waits for. */
    static final double FAILED_NANOS = 10e9;

    static Latencies of(long[] sorted, double mean, long failed) {
        int all = (int) (sorted.length + failed);
        int rank = rank(all, 0.99);
        return new Latencies(
                mean,
                at(sorted, rank(sorted.length, 0.5)),
                at(sorted, rank(sorted.length, 0.9)),
                at(sorted, rank(sorted.length, 0.99)),
                at(sorted, rank(sorted.length, 0.999)),
                rank < sorted.length ? at(sorted, rank) : FAILED_NANOS);
    }

    private static int rank(int count, double share) {
        return Math.max(0, (int) Math.ceil(count * share) - 1);
    }

    private static double at(long[] sorted, int rank) {
        return sorted.length == 0 ? Double.NaN : sorted[rank];
    }
}
