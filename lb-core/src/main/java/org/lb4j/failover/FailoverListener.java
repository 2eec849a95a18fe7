package org.lb4j.failover;

/**
 * Sees what a {@link Failover} does beyond one attempt a call: nothing is told of a call that goes well at once. Runs on the
 * thread of the call; must be quick, and what it throws is ignored.
 *
 * <pre>{@code
 * Failover failover = Failover.builder().listener(event -> log(event)).build();
 * }</pre>
 */
@FunctionalInterface
public interface FailoverListener {
    /**
     * Something was repeated, hedged, or given up.
     *
     * @param event what
     */
    void on(FailoverEvent event);
}
