package org.lb4j.health;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Makes daemon threads, and waits until they are gone: an executor says that it has ended a moment before they have. */
final class DaemonThreads implements ThreadFactory {
    /** For those that run nothing that blocks: they end at once, unless the machine has no time for them. */
    static final long BUSY_MILLIS = 10_000;

    private final String name;
    private final AtomicInteger number = new AtomicInteger();
    private final Set<Thread> made = ConcurrentHashMap.newKeySet();

    DaemonThreads(String name) {
        this.name = name;
    }

    /** How an executor, or what is like one, waits for its end. */
    interface Ending {
        boolean await(long time, TimeUnit unit) throws InterruptedException;
    }

    @Override
    public Thread newThread(Runnable task) {
        made.removeIf(each -> each.getState() == Thread.State.TERMINATED);
        Thread thread = new Thread(task, "lb4j-" + name + "-" + number.incrementAndGet());
        thread.setDaemon(true);
        made.add(thread);
        return thread;
    }

    /** Waits so long for one that was shut down. False: it goes on, or this thread is one of its own, or is interrupted. */
    boolean gone(Ending executor, long millis) {
        if (made.contains(Thread.currentThread())) return false;
        try {
            if (!executor.await(millis, TimeUnit.MILLISECONDS)) return false;
            for (Thread each : made) each.join(BUSY_MILLIS);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
