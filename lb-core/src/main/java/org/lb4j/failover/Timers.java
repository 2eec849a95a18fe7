package org.lb4j.failover;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.lb4j.Handle;

/** Runs something later, unless it is closed before. */
@FunctionalInterface
interface Timers {
    Handle after(long nanos, Runnable task);

    /** The delay thread that every JVM with a CompletableFuture has. It only hands over; the common pool runs the task. */
    static Timers ofTheJdk() {
        return (nanos, task) -> {
            CompletableFuture<Void> timer = new CompletableFuture<>();
            CompletableFuture<Void> run = timer.thenRunAsync(task);
            timer.completeOnTimeout(null, nanos, TimeUnit.NANOSECONDS);
            return () -> {
                timer.cancel(false); // takes the entry out of the JDK's queue as well
                run.cancel(false);
            };
        };
    }

    static Timers of(ScheduledExecutorService scheduler) {
        return (nanos, task) -> {
            Future<?> timer = scheduler.schedule(task, nanos, TimeUnit.NANOSECONDS);
            return () -> timer.cancel(false);
        };
    }
}
