package org.lb4j.health;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** One probe under way. */
final class Flight {
    private final Checked checked;
    private final CompletableFuture<ProbeResult> future;
    private final long start;
    private volatile @Nullable Answer answer; // written once, by whoever completes the future
    private volatile boolean over;

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

    void answered(Answer with) {
        answer = with;
    }

    /** What it has come to: an answer in time, even if our own tasks kept it waiting since; or none in time. */
    Answer outcome(Duration timeout, long now) {
        Answer came = answer;
        if (came != null && came.at() - start < timeout.toNanos()) return came;
        return new Answer(StagedCheck.outOfTime(future, timeout.toMillis()), now);
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
