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

    final Stage stage() {
        return stage;
    }

    /** What it means that the time of a probe is over now; one that wraps ours is as far as that. */
    static ProbeResult outOfTime(CompletableFuture<ProbeResult> probe, long millis) {
        if (probe instanceof StagedCheck staged) return staged.outOfTime(millis);
        if (probe instanceof Dependent<?> wrapped) return wrapped.on.outOfTime(millis);
        return ProbeResult.fail(Reason.TIMEOUT, "after " + millis + " ms");
    }

    private ProbeResult outOfTime(long millis) {
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

    @Override
    public final <U> CompletableFuture<U> newIncompleteFuture() {
        return new Dependent<>(this);
    }

    /** What {@code thenApply} and its like make of a check: a probe that wraps another has only this to cancel. */
    private static final class Dependent<U> extends CompletableFuture<U> {
        private final StagedCheck on;

        Dependent(StagedCheck on) {
            this.on = on;
        }

        @Override
        public boolean cancel(boolean mayInterruptIfRunning) {
            boolean cancelled = super.cancel(mayInterruptIfRunning);
            on.cancel(mayInterruptIfRunning);
            return cancelled;
        }

        @Override
        public <V> CompletableFuture<V> newIncompleteFuture() {
            return new Dependent<>(on);
        }
    }
}
