package org.lb4j.health;

import java.time.Duration;

/** Counts what a checker does; written by its mailbox, read by anybody once published. */
final class CheckerTally {
    private long passed;
    private long failed;
    private long inconclusive;
    private long suppressed;
    private long detected;
    private long enforced;
    private volatile CheckerStats stats = new CheckerStats(0, 0, 0, 0, 0, 0, Duration.ZERO, 0, 0);

    void result(ProbeResult result) {
        if (result.passed()) passed++;
        else if (result.failed()) failed++;
        else inconclusive++;
    }

    void suppressed() {
        suppressed++;
    }

    void transition(boolean carriedOut) {
        detected++;
        if (carriedOut) enforced++;
    }

    void publish(int inFlight, int waiting, long effectiveInterval) {
        stats = new CheckerStats(
                passed,
                failed,
                inconclusive,
                suppressed,
                inFlight,
                waiting,
                Duration.ofNanos(effectiveInterval),
                detected,
                enforced);
    }

    CheckerStats stats() {
        return stats;
    }
}
