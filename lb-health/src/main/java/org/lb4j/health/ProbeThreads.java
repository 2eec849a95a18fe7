package org.lb4j.health;

import java.util.concurrent.LinkedTransferQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Daemon threads for what a probe can not do on the scheduler. A thread is made only if none is idle; beyond the limit tasks
 * wait; idle threads end after a second.
 */
final class ProbeThreads extends ThreadPoolExecutor {
    /** Enough while nothing blocks: what they do takes microseconds. */
    private static final int FEW = 4;

    ProbeThreads(String name, int limit) {
        super(0, limit, 1, TimeUnit.SECONDS, new HandOver(), factory(name), (task, pool) -> wait(task, pool));
    }

    /** For what does not block: a client's callbacks. */
    static ProbeThreads few(String name) {
        return new ProbeThreads(name, FEW);
    }

    private static ThreadFactory factory(String name) {
        AtomicInteger number = new AtomicInteger();
        return task -> {
            Thread thread = new Thread(task, "lb4j-probe-" + name + "-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
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
