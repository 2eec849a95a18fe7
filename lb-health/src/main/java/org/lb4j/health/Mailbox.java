package org.lb4j.health;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Runs tasks one at a time and in order, on whatever threads the executor has. What only these tasks touch needs no lock.
 * Posting is lock-free.
 */
final class Mailbox {
    /** So many tasks at most are decided together, or a flood of them would never be published. */
    private static final int BATCH = 1000;

    private final ExecutorService executor;
    private final Runnable afterwards;
    private final Consumer<Throwable> faults;
    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean scheduled = new AtomicBoolean();
    private final AtomicBoolean running = new AtomicBoolean();
    private volatile @Nullable Thread runner;
    private volatile boolean closed;

    /**
     * @param afterwards run whenever the tasks at hand are done, so that what they decide together is done at once
     * @param faults what a task throws; the next one runs all the same
     */
    Mailbox(ExecutorService executor, Runnable afterwards, Consumer<Throwable> faults) {
        this.executor = executor;
        this.afterwards = afterwards;
        this.faults = faults;
    }

    /** Runs it on the executor, never here. False: it never will, since this was closed or the executor was shut down. */
    boolean post(Runnable task) {
        if (closed || executor.isShutdown()) return false;
        tasks.add(task);
        // Whoever runs tasks looks for more after it has let go.
        if (running.get() || !scheduled.compareAndSet(false, true)) return true;
        try {
            executor.execute(() -> {
                scheduled.set(false);
                drain();
            });
            return true;
        } catch (RejectedExecutionException over) {
            scheduled.set(false);
            return !tasks.remove(task); // and no other: one that closes waits here for whoever drains
        }
    }

    /** Runs it on this thread, which is one of the executor's or wants to see it done; or behind a task that runs now. */
    void run(Runnable task) {
        tasks.add(task);
        drain();
    }

    /** Whether a task of this mailbox runs on this very thread. */
    boolean inside() {
        return runner == Thread.currentThread();
    }

    /** Drops what has not begun, and all that comes. */
    void close() {
        closed = true;
    }

    private void drain() {
        while (!tasks.isEmpty() && running.compareAndSet(false, true)) {
            runner = Thread.currentThread();
            Runnable task = tasks.poll();
            for (int i = 1; task != null; task = i++ < BATCH ? tasks.poll() : null) guarded(task);
            guarded(afterwards);
            runner = null;
            running.set(false);
        }
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
