package org.lb4j.sim;

/** What a server measures of itself: for the reference contenders whose rules read reports or probes. */
final class SelfReport {
    private static final int LEVELS = 256;
    private static final double GAIN = 0.05;

    private final Events events;
    private final int slots;
    private final double[] latencyAt = new double[LEVELS];
    private double serviceTime;
    private double busyNanos;
    private long served;
    private int busy;
    private long since;

    SelfReport(Events events, int slots) {
        this.events = events;
        this.slots = slots;
    }

    void busy(int slotsInUse) {
        busyNanos += (double) busy * (events.nanos() - since);
        since = events.nanos();
        busy = slotsInUse;
    }

    /** A call took that long here, with that many others before it. */
    void served(long latency, long service, int before) {
        served++;
        serviceTime = serviceTime == 0 ? service : serviceTime + GAIN * (service - serviceTime);
        int level = Math.min(before, LEVELS - 1);
        double known = latencyAt[level];
        latencyAt[level] = known == 0 ? latency : known + GAIN * (latency - known);
    }

    /** Smoothed time of work, nanoseconds; 0: not known. */
    double serviceTime() {
        return serviceTime;
    }

    /** Smoothed latency of calls that came when about as many were here; 0: not known. */
    double latencyAt(int inSystem) {
        int level = Math.min(inSystem, LEVELS - 1);
        for (int distance = 0; distance < LEVELS; distance++) {
            if (level >= distance && latencyAt[level - distance] > 0) return latencyAt[level - distance];
            if (level + distance < LEVELS && latencyAt[level + distance] > 0) return latencyAt[level + distance];
        }
        return 0;
    }

    /** Calls done so far. */
    long served() {
        return served;
    }

    /** Time that slots were in use so far, in nanoseconds of all slots together. */
    double busyShare() {
        return (busyNanos + (double) busy * (events.nanos() - since)) / slots;
    }
}
