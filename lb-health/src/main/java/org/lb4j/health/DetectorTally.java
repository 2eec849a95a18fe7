package org.lb4j.health;

/** Counts what a detector does; written by its mailbox, read by anybody once published. */
final class DetectorTally {
    private long detected;
    private long enforced;
    private long returned;
    private long overflows;
    private long correlated;
    private volatile OutlierStats stats = new OutlierStats(0, 0, 0, 0, 0, 0, 0);

    void ejected(boolean carriedOut) {
        detected++;
        if (carriedOut) enforced++;
    }

    void returned() {
        returned++;
    }

    void overflow() {
        overflows++;
    }

    void correlated() {
        correlated++;
    }

    void publish(int out, int allowance) {
        stats = new OutlierStats(detected, enforced, returned, overflows, correlated, out, allowance);
    }

    OutlierStats stats() {
        return stats;
    }
}
