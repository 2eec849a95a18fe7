package org.lb4j.health;

import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.lb4j.Ticker;

/** One timer, set to the earliest thing that is due; and how late it is. Used by tasks of one mailbox only. */
final class Alarm {
    private final ScheduledExecutorService scheduler;
    private final Ticker ticker;
    private final Runnable ring;
    private @Nullable Future<?> timer;
    private long at;
    private long excused;
    private boolean ended;
    private volatile boolean rung;

    /** @param ring run on the scheduler at the time that was set, or a little later */
    Alarm(ScheduledExecutorService scheduler, Ticker ticker, Runnable ring) {
        this.scheduler = scheduler;
        this.ticker = ticker;
        this.ring = () -> {
            rung = true;
            ring.run();
        };
    }

    /** Rings then; what was set before is forgotten, unless it is the same. */
    void set(long due) {
        if (ended || timer != null && at == due && !rung) return; // one that rang a little early must ring again
        clear();
        at = due;
        excused = 0;
        rung = false;
        try {
            timer = scheduler.schedule(ring, Math.max(0, due - ticker.nanos()), TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException over) {
            timer = null;
        }
    }

    /** How long ago it should have rung, as far as nobody is known to have kept it waiting; 0 or less: it is not due. */
    long late(long now) {
        return timer == null ? 0 : now - at - excused;
    }

    /** What of that time came after it was due does not count: somebody's code kept the thread that it rings on. */
    void excuse(long from, long to) {
        excused += Math.max(0, Math.min(to - from, to - at));
    }

    void clear() {
        if (timer != null) timer.cancel(false);
        timer = null;
    }

    /** Rings no more, whoever sets it. */
    void end() {
        ended = true;
        clear();
    }
}
