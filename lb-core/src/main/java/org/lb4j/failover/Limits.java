package org.lb4j.failover;

import java.time.Duration;

/** How often and how long: of one policy, or of one call with the caller's remaining time. Nanoseconds. */
record Limits(int maxAttempts, boolean untilAllTried, long timeout, long attemptTimeout) {
    static final Limits DEFAULTS = new Limits(3, false, Spans.NO_LIMIT, Spans.NO_LIMIT);

    private static final int MOST_ATTEMPTS = 1000;

    Limits withMaxAttempts(int most) {
        if (most < 1 || most > MOST_ATTEMPTS)
            throw new IllegalArgumentException("maxAttempts must be in [1, " + MOST_ATTEMPTS + "], was " + most);
        return new Limits(most, false, timeout, attemptTimeout);
    }

    Limits withUntilAllTried() {
        return new Limits(Integer.MAX_VALUE, true, timeout, attemptTimeout);
    }

    Limits withTimeout(Duration most) {
        return new Limits(maxAttempts, untilAllTried, checked("timeout", most), attemptTimeout);
    }

    Limits withAttemptTimeout(Duration most) {
        return new Limits(maxAttempts, untilAllTried, timeout, checked("attemptTimeout", most));
    }

    Limits within(Duration timeLeft) {
        return new Limits(maxAttempts, untilAllTried, Math.min(timeout, Spans.nanos(timeLeft)), attemptTimeout);
    }

    /** Settings may be given in any order, so those that can not meet are refused at the end. */
    Limits consistent() {
        if (attemptTimeout != Spans.NO_LIMIT && attemptTimeout > timeout)
            throw new IllegalArgumentException(
                    "attemptTimeout " + Spans.text(attemptTimeout) + " is longer than timeout " + Spans.text(timeout));
        return this;
    }

    /** What the whole call has left. */
    long left(long start, long now) {
        return timeout == Spans.NO_LIMIT ? Spans.NO_LIMIT : timeout - (now - start);
    }

    private static long checked(String what, Duration most) {
        if (most.compareTo(Duration.ofMillis(1)) < 0)
            throw new IllegalArgumentException(what + " must be at least 1 ms, was " + Spans.text(most));
        return Spans.nanos(most);
    }
}
