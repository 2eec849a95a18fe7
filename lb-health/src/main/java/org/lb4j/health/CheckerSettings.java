package org.lb4j.health;

/** The settings of a checker; refuses what contradicts itself. */
record CheckerSettings(
        Rhythm rhythm,
        int fall,
        int rise,
        Initial initial,
        int maxInFlight,
        boolean suppression,
        boolean dryRun,
        boolean passingProbeEndsEjection) {
    private static final long SECOND = 1_000_000_000L;

    CheckerSettings {
        rhythm.checked();
        within("fall", fall, 1000);
        within("rise", rise, 1000);
        within("maxInFlight", maxInFlight, 10_000);
        if (initial == null) throw new IllegalArgumentException("initial must be given, was null");
    }

    private static void within(String what, int value, int max) {
        if (value < 1 || value > max)
            throw new IllegalArgumentException(what + " must be in [1, " + max + "], was " + value);
    }

    /** What all probes of so many servers take at worst, or the interval if that is more. */
    long effectiveInterval(int servers) {
        double worst = (double) rhythm.timeout().toNanos() * servers / maxInFlight;
        return Math.max(rhythm.interval().toNanos(), (long) worst);
    }

    /** A timer that is later than this means that this process stood still. */
    long pause() {
        return Math.max(2 * rhythm.timeout().toNanos(), SECOND);
    }

    @Override
    public String toString() {
        return rhythm + ", fall " + fall + ", rise " + rise + ", initially " + initial + ", at most " + maxInFlight
                + " in flight" + (suppression ? ", suppression" : "") + (dryRun ? ", dry run" : "");
    }
}
