package org.lb4j.failover;

import java.time.Duration;

/** Durations as nanoseconds, where the largest number means no limit, and as people write them. */
final class Spans {
    static final long NO_LIMIT = Long.MAX_VALUE;
    static final long MILLI = 1_000_000L;

    private static final long SECOND = 1_000_000_000L;

    private Spans() {}

    /** Longer than 292 years is no limit. */
    static long nanos(Duration span) {
        try {
            return span.toNanos();
        } catch (ArithmeticException endless) {
            return span.isNegative() ? 0 : NO_LIMIT;
        }
    }

    static String text(Duration span) {
        return text(nanos(span));
    }

    /** Such as 2 s, 300 ms, 0.4 ms. */
    static String text(long nanos) {
        if (nanos == NO_LIMIT) return "no limit";
        if (nanos % SECOND == 0) return nanos / SECOND + " s";
        if (nanos % MILLI == 0) return nanos / MILLI + " ms";
        return Math.floor(nanos / 1e5) / 10 + " ms";
    }
}
