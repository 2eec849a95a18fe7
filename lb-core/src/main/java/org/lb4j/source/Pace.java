package org.lb4j.source;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.DoubleSupplier;

/** How long to wait until the next question. */
final class Pace {
    private static final long FIRST_RETRY = 1_000_000_000L;
    private static final int DOUBLINGS = 16; // beyond a day, so the interval is the limit

    private final long interval;
    private final DoubleSupplier dice;
    private int failures;

    Pace(Duration interval) {
        this(interval, () -> ThreadLocalRandom.current().nextDouble());
    }

    /**
     * @param dice numbers in [0, 1)
     */
    Pace(Duration interval, DoubleSupplier dice) {
        this.interval = interval.toNanos();
        this.dice = dice;
    }

    long afterSuccess() {
        failures = 0;
        return jittered(interval);
    }

    /** 1 s, 2 s, 4 s and so on, never longer than the interval: who starts without servers must not wait for a whole one. */
    long afterFailure() {
        long soon = FIRST_RETRY << Math.min(failures++, DOUBLINGS);
        return jittered(Math.min(soon, interval));
    }

    /** Times 0.8 to 1.2. */
    private long jittered(long nanos) {
        return (long) (nanos * (0.8 + 0.4 * dice.getAsDouble()));
    }
}
