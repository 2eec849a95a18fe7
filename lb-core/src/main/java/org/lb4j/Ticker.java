package org.lb4j;

/**
 * A monotonic clock in nanoseconds, of any origin. The default is {@link System#nanoTime()}; tests and simulations hand
 * in their own with {@link ServerPool.Builder#ticker}.
 *
 * <pre>{@code
 * Ticker frozen = () -> 42;
 * ServerPool still = ServerPool.builder().servers(servers.get(0)).ticker(frozen).build();
 * }</pre>
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
