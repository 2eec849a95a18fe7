package org.lb4j.health;

/**
 * How a server stands before its first probe.
 *
 * <pre>{@code
 * try (HealthChecker checker =
 *         HealthChecker.builder(pool, TcpProbe.connect()).initial(Initial.DOWN).start()) {
 *     serve();   // nobody gets a call before it has passed a probe
 * }
 * }</pre>
 */
public enum Initial {
    /** It may be used at once, and is taken out only when it fails. */
    UP,
    /**
     * It may be used once a probe has passed. While no server of the pool ever has, the unproven may be used for two
     * seconds, so that a complete change of the list does not mean an empty pool.
     */
    DOWN
}
