package org.lb4j.failover;

import java.time.Duration;
import java.util.Comparator;
import java.util.PriorityQueue;
import org.lb4j.Handle;
import org.lb4j.testing.ManualTicker;

/** Timers that run when a test moves the clock, each at its own time. */
final class VirtualTimers implements Timers {
    private final ManualTicker ticker;
    private final PriorityQueue<Timer> waiting =
            new PriorityQueue<>(Comparator.comparingLong(Timer::due).thenComparingLong(Timer::number));
    private long made;

    VirtualTimers(ManualTicker ticker) {
        this.ticker = ticker;
    }

    @Override
    public Handle after(long nanos, Runnable task) {
        Timer timer = new Timer(ticker.nanos() + nanos, made++, task);
        waiting.add(timer);
        return () -> waiting.remove(timer);
    }

    void advance(Duration by) {
        long end = ticker.nanos() + by.toNanos();
        for (Timer next = waiting.peek(); next != null && next.due <= end; next = waiting.peek()) {
            waiting.remove(next);
            ticker.set(next.due);
            next.task.run();
        }
        ticker.set(end);
    }

    int waiting() {
        return waiting.size();
    }

    private record Timer(long due, long number, Runnable task) {}
}
