package org.lb4j.health;

import java.util.concurrent.ScheduledThreadPoolExecutor;

/** The scheduler of whoever was given none: one daemon thread; what is cancelled is let go at once. */
final class OwnTimers extends ScheduledThreadPoolExecutor {
    private final DaemonThreads threads;

    OwnTimers(String name) {
        this(new DaemonThreads(name));
    }

    private OwnTimers(DaemonThreads threads) {
        super(1, threads);
        this.threads = threads;
        setRemoveOnCancelPolicy(true);
        setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    /**
     * Ends its thread.
     *
     * @param inside whether this is that thread, with something of a listener's still to do: it is not interrupted
     * @param idle whether no listener keeps it busy: else nobody knows how long it takes
     */
    void end(boolean inside, boolean idle) {
        if (inside) {
            shutdown();
            return;
        }
        shutdownNow();
        if (idle) threads.gone(this::awaitTermination, DaemonThreads.BUSY_MILLIS);
    }
}
