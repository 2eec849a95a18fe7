package org.lb4j.health;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;

/** One run of a body that may block. Cancelling interrupts it, or takes it back if it has not begun. */
final class BlockingCheck extends StagedCheck {
    private final FutureTask<Void> task; // knows how to interrupt its own run and no other task of the thread

    private BlockingCheck(Supplier<ProbeResult> body) {
        task = new FutureTask<>(() -> run(body), null);
    }

    static BlockingCheck begin(ExecutorService executor, Supplier<ProbeResult> body) {
        BlockingCheck check = new BlockingCheck(body);
        try {
            executor.execute(check.task);
        } catch (RejectedExecutionException | OutOfMemoryError full) {
            check.completeExceptionally(full);
        }
        return check;
    }

    private void run(Supplier<ProbeResult> body) {
        reach(Stage.ASKED);
        try {
            complete(body.get());
        } catch (Throwable thrown) {
            completeExceptionally(thrown);
        }
    }

    @Override
    void release() {
        task.cancel(true);
    }
}
