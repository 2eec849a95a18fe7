package org.lb4j.health;

import java.util.concurrent.CompletableFuture;

/** One probe under way. */
final class Flight {
    private final Checked checked;
    private final CompletableFuture<ProbeResult> future;
    private final long start;
    private boolean over;

    Flight(Checked checked, CompletableFuture<ProbeResult> future, long start) {
        this.checked = checked;
        this.future = future;
        this.start = start;
    }

    Checked checked() {
        return checked;
    }

    long start() {
        return start;
    }

    boolean over() {
        return over;
    }

    /** What comes from now on is dropped. */
    void end() {
        over = true;
    }

    /** What it means that its time is over. */
    ProbeResult outOfTime(long millis) {
        if (future instanceof StagedCheck staged) return staged.outOfTime(millis);
        return ProbeResult.fail(Reason.TIMEOUT, "after " + millis + " ms");
    }

    /** Frees what it holds. A probe whose cancel throws is not our concern any more. */
    void cancel() {
        try {
            future.cancel(true);
        } catch (Throwable ignored) {
            return;
        }
    }
}
