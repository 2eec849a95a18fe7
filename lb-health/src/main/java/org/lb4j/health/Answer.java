package org.lb4j.health;

import org.jspecify.annotations.Nullable;

/**
 * What came of one probe, and when.
 *
 * @param thrown what broke the probe itself; null if nothing did
 */
record Answer(ProbeResult result, @Nullable Throwable thrown, long at) {
    Answer(ProbeResult result, long at) {
        this(result, null, at);
    }

    /** By what a future was completed with. */
    static Answer of(@Nullable ProbeResult result, @Nullable Throwable thrown, long at) {
        if (result != null) return new Answer(result, at);
        Throwable cause = thrown == null ? new NullPointerException("no result") : Faults.unwrapped(thrown);
        if (Faults.ours(cause)) return new Answer(ProbeResult.inconclusive(Reason.SATURATED), at);
        return new Answer(ProbeResult.fail(Reason.ERROR, Evidence.of(cause)), cause, at);
    }
}
