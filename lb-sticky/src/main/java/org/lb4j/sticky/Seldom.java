package org.lb4j.sticky;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.lb4j.Ticker;

/** Lets one through a minute. */
final class Seldom {
    private static final long PAUSE = Duration.ofMinutes(1).toNanos();

    private final Ticker ticker;
    private final AtomicLong last;

    Seldom(Ticker ticker) {
        this.ticker = ticker;
        this.last = new AtomicLong(ticker.nanos() - PAUSE);
    }

    boolean now() {
        long before = last.get();
        long now = ticker.nanos();
        return now - before >= PAUSE && last.compareAndSet(before, now);
    }
}
