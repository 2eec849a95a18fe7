package org.lb4j.health;

import java.util.concurrent.CompletableFuture;

/** A probe in flight that can tell how far it has come, so that running out of time is blamed on the right one. */
abstract class StagedCheck extends CompletableFuture<ProbeResult> {
    private volatile Stage stage = Stage.QUEUED;

    /** How far a probe has come. */
    enum Stage {
        /** Waits for a thread of ours: not the server's fault. */
        QUEUED,
        LOOKUP,
        ASKED,
        /** Headers have come, the body has not ended. */
        ANSWERING
    }

    final void reach(Stage next) {
        stage = next;
    }

    final boolean begun() {
        return stage != Stage.QUEUED;
    }

    /** What it means that the time is over now. */
    final ProbeResult outOfTime(long millis) {
        return switch (stage) {
            case QUEUED -> ProbeResult.inconclusive(Reason.SATURATED);
            case LOOKUP -> ProbeResult.fail(Reason.DNS, "no answer to the name lookup after " + millis + " ms");
            case ASKED -> ProbeResult.fail(Reason.TIMEOUT, "after " + millis + " ms");
            case ANSWERING -> ProbeResult.fail(Reason.TIMEOUT, "after " + millis + " ms, inside the answer");
        };
    }

    /** Frees what the probe holds; called once it was cancelled, by whoever cancelled it. */
    abstract void release();

    @Override
    public final boolean cancel(boolean mayInterruptIfRunning) {
        boolean cancelled = super.cancel(mayInterruptIfRunning);
        release(); // also if it has its result already: reading away the rest of an answer ends here, too
        return cancelled;
    }
}
