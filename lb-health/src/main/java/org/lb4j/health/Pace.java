package org.lb4j.health;

import java.util.random.RandomGenerator;

/**
 * How long from one probe of a server to its next: a jittered interval, shorter while its state is in doubt, longer and
 * longer while it is down.
 *
 * <p>The second gap is the widest, because that dissolves the wave of a common start: of 200 clients that ask 50 servers,
 * any half second then sees about twice the mean rate, and 3.5 times with an even jitter.
 */
final class Pace {
    private static final long SECOND = 1_000_000_000L;
    /** 2 ms: 10,000 servers are asked for the first time in 21 s, or one interval. */
    private static final long PER_SERVER = 2_000_000L;

    /** Up for so long, and the next time it goes down counts as the first. */
    private static final long SETTLED = 60 * SECOND;

    private final long interval;
    private final long transitional;
    private final long longest;
    private final RandomGenerator random;
    private int asked;
    private int backoff;
    private long upSince;

    Pace(Rhythm rhythm, RandomGenerator random, long now) {
        this.interval = rhythm.interval().toNanos();
        this.transitional = Math.min(interval, rhythm.transitional().toNanos());
        this.longest = rhythm.whileDown().toNanos();
        this.random = random;
        this.upSince = now;
    }

    /** Until its first probe, or its first after a pause, when so many begin together. */
    long spread(int together) {
        double within = Math.min(interval, SECOND + PER_SERVER * together);
        return (long) (random.nextDouble() * within);
    }

    /** From the start of the probe that has just ended to the start of the next. */
    long gap(Condition condition) {
        asked++;
        if (condition.inDoubt()) return jittered(transitional, 0.8);
        if (condition.down()) return jittered(backedOff(), 0.8);
        return jittered(interval, asked == 1 ? 0.2 : 0.8);
    }

    private long jittered(long nanos, double least) {
        return (long) ((double) nanos * (least + (1.2 - least) * random.nextDouble()));
    }

    private long backedOff() {
        double gap = Math.scalb((double) interval, backoff);
        if (gap < longest) backoff++;
        return (long) Math.min(gap, (double) longest);
    }

    boolean neverAsked() {
        return asked == 0;
    }

    void wentUp(long now) {
        upSince = now;
    }

    /** A server that flaps goes on where it was, and is asked less and less. */
    void wentDown(long now) {
        if (now - upSince >= SETTLED) backoff = 0;
    }
}
