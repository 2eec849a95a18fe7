package org.lb4j.health;

/**
 * How a server stands with its {@link HealthChecker}.
 *
 * <pre>{@code
 * try (HealthChecker checker = HealthChecker.start(pool, TcpProbe.connect())) {
 *     boolean allWell = checker.status().stream().allMatch(each -> each.state() == CheckState.UP);
 * }
 * }</pre>
 */
public enum CheckState {
    /** Not yet probed with a result that counts. */
    UNKNOWN,
    /** Well. */
    UP,
    /** Works, and wants a part of its traffic. */
    DEGRADED,
    /** Works, and wants no new traffic. */
    DRAINING,
    /** Fails its probes, or said that it is down. */
    DOWN
}
