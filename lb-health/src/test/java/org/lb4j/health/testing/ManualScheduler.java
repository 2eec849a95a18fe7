package org.lb4j.health.testing;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.Callable;
import java.util.concurrent.Delayed;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.lb4j.testing.ManualTicker;

/**
 * A scheduler of virtual time: moving its clock on runs each task at its own due time, so an hour of probing runs in a
 * second. It can also stand still, to play a pause.
 *
 * <pre>{@code
 * ManualTicker ticker = new ManualTicker();
 * ManualScheduler scheduler = new ManualScheduler(ticker);
 * HealthChecker.builder(pool, probe).scheduler(scheduler).start();
 * scheduler.advance(Duration.ofHours(1));
 * }</pre>
 *
 * <p>Tasks may be handed over by any thread; they run on the one that moves the clock.
 */
public final class ManualScheduler extends AbstractExecutorService implements ScheduledExecutorService {
    private final ManualTicker ticker;
    private final PriorityQueue<Task<?>> tasks = new PriorityQueue<>();
    private long order;
    private boolean shutdown;

    /**
     * A scheduler on a clock.
     *
     * @param ticker moved on by this scheduler
     */
    public ManualScheduler(ManualTicker ticker) {
        this.ticker = ticker;
    }

    /**
     * Moves the clock on, and runs what comes due, each task at its time, and those that these bring.
     *
     * @param by how far
     */
    public void advance(Duration by) {
        long end = ticker.nanos() + by.toNanos();
        for (Task<?> next = nextUntil(end); next != null; next = nextUntil(end)) {
            if (next.due - ticker.nanos() > 0) ticker.set(next.due);
            next.run();
        }
        if (end - ticker.nanos() > 0) ticker.set(end);
    }

    /** Runs what is due now. */
    public void runDue() {
        advance(Duration.ZERO);
    }

    /**
     * Moves the clock on and runs nothing: the process stands still. What came due meanwhile runs late, at the next
     * {@link #advance}.
     *
     * @param by how long
     */
    public void standStill(Duration by) {
        ticker.advance(by);
    }

    /**
     * How many tasks wait, cancelled ones not counted.
     *
     * @return 0 or more
     */
    public synchronized int waiting() {
        tasks.removeIf(FutureTask::isCancelled);
        return tasks.size();
    }

    private synchronized Task<?> nextUntil(long end) {
        while (true) {
            Task<?> next = tasks.peek();
            if (next == null || next.due - end > 0) return null;
            tasks.remove();
            if (!next.isCancelled()) return next;
        }
    }

    private synchronized <T> Task<T> add(Callable<T> body, long delay, TimeUnit unit, long period) {
        if (shutdown) throw new RejectedExecutionException("this scheduler is shut down");
        Task<T> task = new Task<>(body, ticker.nanos() + Math.max(0, unit.toNanos(delay)), period, order++);
        tasks.add(task);
        return task;
    }

    private synchronized void again(Task<?> task) {
        if (!shutdown) tasks.add(task);
    }

    @Override
    public void execute(Runnable body) {
        var unused = add(calling(body), 0, TimeUnit.NANOSECONDS, 0);
    }

    @Override
    public ScheduledFuture<?> schedule(Runnable body, long delay, TimeUnit unit) {
        return add(calling(body), delay, unit, 0);
    }

    @Override
    public <V> ScheduledFuture<V> schedule(Callable<V> body, long delay, TimeUnit unit) {
        return add(body, delay, unit, 0);
    }

    @Override
    public ScheduledFuture<?> scheduleAtFixedRate(Runnable body, long initialDelay, long period, TimeUnit unit) {
        return add(calling(body), initialDelay, unit, unit.toNanos(period));
    }

    @Override
    public ScheduledFuture<?> scheduleWithFixedDelay(Runnable body, long initialDelay, long delay, TimeUnit unit) {
        return add(calling(body), initialDelay, unit, -unit.toNanos(delay));
    }

    private static Callable<Object> calling(Runnable body) {
        return () -> {
            body.run();
            return body;
        };
    }

    @Override
    public synchronized void shutdown() {
        shutdown = true;
        tasks.clear();
    }

    @Override
    public synchronized List<Runnable> shutdownNow() {
        List<Runnable> dropped = new ArrayList<>(tasks);
        shutdown();
        return dropped;
    }

    @Override
    public synchronized boolean isShutdown() {
        return shutdown;
    }

    @Override
    public boolean isTerminated() {
        return isShutdown();
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) {
        return isTerminated();
    }

    /** One task: once, at a fixed rate (period above 0) or with a fixed delay (below 0). */
    private final class Task<V> extends FutureTask<V> implements ScheduledFuture<V> {
        private final long period;
        private final long number;
        private long due;

        Task(Callable<V> body, long due, long period, long number) {
            super(body);
            this.due = due;
            this.period = period;
            this.number = number;
        }

        @Override
        public void run() {
            if (period == 0) {
                super.run();
            } else if (runAndReset()) {
                due = period > 0 ? due + period : ticker.nanos() - period;
                again(this);
            }
        }

        @Override
        public long getDelay(TimeUnit unit) {
            return unit.convert(due - ticker.nanos(), TimeUnit.NANOSECONDS);
        }

        @Override
        public int compareTo(Delayed other) {
            Task<?> that = (Task<?>) other;
            int byTime = Long.compare(due - that.due, 0);
            return byTime != 0 ? byTime : Long.compare(number, that.number);
        }

        @Override
        public boolean equals(Object other) {
            return this == other;
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(this);
        }
    }
}
