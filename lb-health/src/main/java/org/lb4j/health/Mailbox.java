package org.lb4j.health;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Runs tasks one at a time and in order, on whatever threads the executor has. What only these tasks touch needs no lock.
 * Posting is lock-free.
 */
final class Mailbox {
    private final Executor executor;
    private final Runnable afterwards;
    private final Consumer<Throwable> faults;
    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final AtomicInteger pending = new AtomicInteger();
    private volatile @Nullable Thread runner;
    private volatile boolean closed;

    /**
     * @param afterwards run whenever the tasks at hand are done, so that what they decide together is done at once
     * @param faults what a task throws; the next one runs all the same
     */
    Mailbox(Executor executor, Runnable afterwards, Consumer<Throwable> faults) {
        this.executor = executor;
        this.afterwards = afterwards;
        this.faults = faults;
    }

    /** Runs it on the executor, never here. An executor that was shut down drops it: then there is nobody to tell. */
    void post(Runnable task) {
        if (closed) return;
        tasks.add(task);
        if (pending.getAndIncrement() != 0) return;
        try {
            executor.execute(this::drain);
        } catch (RejectedExecutionException over) {
            tasks.clear();
            pending.set(0);
        }
    }

    /** Runs it on this thread, which is one of the executor's or wants to see it done; behind a task that runs already. */
    void run(Runnable task) {
        tasks.add(task);
        if (pending.getAndIncrement() == 0) drain();
    }

    /** Whether a task of this mailbox runs on this very thread. */
    boolean inside() {
        return runner == Thread.currentThread();
    }

    private void drain() {
        int done;
        do {
            runner = Thread.currentThread();
            done = pending.get();
            for (int i = 0; i < done; i++) {
                Runnable task = tasks.poll();
                if (task != null) guarded(task);
            }
            guarded(afterwards);
            runner = null; // before the count falls, or it might undo what the next runner wrote
        } while (pending.addAndGet(-done) > 0);
    }

    /** Drops what has not begun, and all that comes. */
    void close() {
        closed = true;
    }

    private void guarded(Runnable task) {
        if (closed) return;
        try {
            task.run();
        } catch (Throwable thrown) {
            faults.accept(thrown);
        }
    }
}
