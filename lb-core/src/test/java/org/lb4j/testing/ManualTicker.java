package org.lb4j.testing;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.lb4j.Ticker;

/**
 * A clock that stands still until it is told to move.
 *
 * <pre>{@code
 * ManualTicker ticker = new ManualTicker();
 * ServerPool pool = ServerPool.builder().ticker(ticker).servers(Servers.list("a", "b")).build();
 * ticker.advance(Duration.ofSeconds(10));
 * }</pre>
 */
public final class ManualTicker implements Ticker {
    /** Not 0, which much code takes for "never"; a whole number of the ticks that lb4j rounds to. */
    public static final long START = 1L << 40;

    private final AtomicLong nanos;

    /** A clock that stands at {@link #START}. */
    public ManualTicker() {
        this(START);
    }

    /**
     * A clock that stands somewhere else.
     *
     * @param nanos its first time; may be negative, as that of {@link System#nanoTime()} may
     */
    public ManualTicker(long nanos) {
        this.nanos = new AtomicLong(nanos);
    }

    @Override
    public long nanos() {
        return nanos.get();
    }

    /**
     * Moves on.
     *
     * @param by how far; not backwards
     * @return the time now
     */
    public long advance(Duration by) {
        if (by.isNegative()) throw new IllegalArgumentException("a clock does not go backwards, was " + by);
        return nanos.addAndGet(by.toNanos());
    }

    /**
     * Jumps.
     *
     * @param nanos the time from now on
     */
    public void set(long nanos) {
        this.nanos.set(nanos);
    }

    @Override
    public String toString() {
        return "clock at " + nanos;
    }
}
