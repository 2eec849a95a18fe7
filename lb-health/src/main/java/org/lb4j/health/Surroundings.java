package org.lb4j.health;

import java.util.concurrent.ScheduledExecutorService;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.lb4j.ServerPool;
import org.lb4j.Ticker;
import org.slf4j.Logger;

/**
 * Time, timers, chance and listeners of one checker or detector.
 *
 * @param own the scheduler, if it is ours to shut down
 */
record Surroundings(
        Ticker ticker,
        ScheduledExecutorService scheduler,
        @Nullable OwnTimers own,
        RandomGenerator random,
        Announcer announcer,
        Logger log) {

    long now() {
        return ticker.nanos();
    }

    /** A mailbox on the scheduler; what a task throws is logged, for it is a mistake of ours. */
    Mailbox mailbox(ServerPool pool, Runnable afterwards) {
        return new Mailbox(scheduler, afterwards, thrown -> {
            if (!pool.closed()) log.error("pool {}: unexpected", pool.name(), thrown);
        });
    }

    /**
     * Ends its thread, if there is one of ours.
     *
     * @param inside whether this is that thread
     * @param idle whether no listener keeps it busy
     */
    void close(boolean inside, boolean idle) {
        if (own != null) own.end(inside, idle);
    }
}
