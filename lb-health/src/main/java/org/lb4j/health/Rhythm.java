package org.lb4j.health;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How often a server is asked, and how long an answer may take.
 *
 * @param interval between probes of a server whose state is settled
 * @param transitional while its last results contradict its state
 * @param timeout of one probe, everything included
 * @param longest the longest gap while a server is down; null: 30 s, or the interval if that is more
 */
record Rhythm(
        Duration interval,
        Duration transitional,
        Duration timeout,
        @Nullable Duration longest) {
    static final Rhythm DEFAULT = new Rhythm(Duration.ofSeconds(5), Duration.ofSeconds(1), Duration.ofSeconds(1), null);
    private static final Duration LONGEST = Duration.ofSeconds(30);

    Rhythm {
        above0("interval", interval);
        above0("transitionalInterval", transitional);
        above0("timeout", timeout);
        if (longest != null) above0("maxInterval", longest);
    }

    Rhythm withInterval(Duration interval) {
        return new Rhythm(interval, transitional, timeout, longest);
    }

    Rhythm withTransitional(Duration transitional) {
        return new Rhythm(interval, transitional, timeout, longest);
    }

    Rhythm withTimeout(Duration timeout) {
        return new Rhythm(interval, transitional, timeout, longest);
    }

    Rhythm withLongest(Duration longest) {
        above0("maxInterval", longest);
        return new Rhythm(interval, transitional, timeout, longest);
    }

    /** Each value is good alone; this is about all of them, once all are set. */
    Rhythm checked() {
        if (timeout.compareTo(interval) > 0)
            throw new IllegalArgumentException(
                    "timeout must be at most interval, or probes of one server would overlap: timeout was "
                            + timeout.toMillis() + " ms, interval " + interval.toMillis() + " ms");
        if (longest != null && longest.compareTo(interval) < 0)
            throw new IllegalArgumentException("maxInterval must be at least interval, " + interval.toMillis()
                    + " ms, was " + longest.toMillis() + " ms");
        return this;
    }

    /** The longest gap while a server is down. */
    Duration whileDown() {
        if (longest != null) return longest;
        return interval.compareTo(LONGEST) > 0 ? interval : LONGEST;
    }

    private static void above0(String what, Duration value) {
        if (value == null || value.isNegative() || value.isZero())
            throw new IllegalArgumentException(what + " must be above 0, was " + value);
    }

    @Override
    public String toString() {
        return "every " + interval.toMillis() + " ms (in doubt " + transitional.toMillis() + ", down up to "
                + whileDown().toMillis() + "), timeout " + timeout.toMillis() + " ms";
    }
}
