package org.lb4j;

/**
 * A monotonic clock in nanoseconds, of any origin. The default is {@link System#nanoTime()}; tests and simulations hand
 * in their own with {@link ServerPool.Builder#ticker}.
 */
@FunctionalInterface
public interface Ticker {
    /**
     * The time now.
     *
     * @return nanoseconds since an arbitrary instant; never goes backwards within one thread
     */
    long nanos();

    /**
     * The clock of the JVM.
     *
     * @return {@code System::nanoTime}
     */
    static Ticker system() {
        return System::nanoTime;
    }
}
