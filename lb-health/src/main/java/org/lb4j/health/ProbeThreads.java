package org.lb4j.health;

import java.util.concurrent.LinkedTransferQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Daemon threads for what a probe can not do on the scheduler. A thread is made only if none is idle; beyond the limit tasks
 * wait; idle threads end after a second.
 */
final class ProbeThreads extends ThreadPoolExecutor {
    /** Enough while nothing blocks: what they do takes microseconds. */
    static final int FEW = 4;

    private final DaemonThreads threads;

    ProbeThreads(String name, int limit) {
        this(new DaemonThreads("probe-" + name), limit);
    }

    private ProbeThreads(DaemonThreads threads, int limit) {
        super(0, limit, 1, TimeUnit.SECONDS, new HandOver(), threads, (task, pool) -> wait(task, pool));
        this.threads = threads;
    }

    /** For what does not block: a client's callbacks. */
    static ProbeThreads few(String name) {
        return new ProbeThreads(name, FEW);
    }

    /** Once shut down: waits so long for its threads. False: they go on. */
    boolean gone(long millis) {
        return threads.gone(this::awaitTermination, millis);
    }

    /** All threads are made and busy. */
    private static void wait(Runnable task, ThreadPoolExecutor pool) {
        if (pool.isShutdown() || !((HandOver) pool.getQueue()).keep(task))
            throw new RejectedExecutionException("probe threads are shut down");
    }

    /** Takes a task only if a thread waits for it: then the pool makes another thread instead of letting the task wait. */
    private static final class HandOver extends LinkedTransferQueue<Runnable> {
        private static final long serialVersionUID = 1;

        @Override
        public boolean offer(Runnable task) {
            return tryTransfer(task);
        }

        boolean keep(Runnable task) {
            return super.offer(task);
        }
    }
}
