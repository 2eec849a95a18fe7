package org.lb4j.sticky;

import java.time.Duration;

/**
 * How long a token is good, in minutes: so long since it was issued, and so long since its session began.
 *
 * @param idle since it was issued
 * @param life since its session began
 */
record Lifetime(long idle, long life) {
    /** How far ahead of ours the clock of another process may be. */
    static final int MAX_AHEAD = 5;

    enum Age {
        GOOD,
        TOO_OLD,
        /** Of a time to come, so one of the two clocks is wrong; believing it could keep it alive for years. */
        AHEAD
    }

    static Lifetime of(Duration maxIdle, Duration maxLife) {
        return new Lifetime(minutes("maxIdle", maxIdle, 2), minutes("maxLife", maxLife, 1));
    }

    private static long minutes(String what, Duration duration, int least) {
        long minutes = duration.toMinutes();
        if (!duration.equals(Duration.ofMinutes(minutes)))
            throw new IllegalArgumentException(what + " must be whole minutes, was " + duration);
        if (minutes < least)
            throw new IllegalArgumentException(
                    what + " must be at least " + Duration.ofMinutes(least) + ", was " + duration);
        return minutes;
    }

    Age age(Token token, int now) {
        if (token.seen() > now + MAX_AHEAD || token.first() > now + MAX_AHEAD) return Age.AHEAD;
        return now - token.seen() > idle || now - token.first() > life ? Age.TOO_OLD : Age.GOOD;
    }

    /** Whether it is older than half of what it may be, so that a client that comes often is sent few. */
    boolean dueForRefresh(Token token, int now) {
        return 2L * (now - token.seen()) > idle;
    }

    /** What is left of the session's life, in seconds; at least a minute, since 0 would delete the cookie. */
    long secondsLeft(int first, int now) {
        return 60 * Math.max(1, life - Math.max(0, now - first));
    }
}
