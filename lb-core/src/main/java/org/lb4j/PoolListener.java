package org.lb4j;

/**
 * Is told what changed in a pool, on the thread that changed it, after it was published. A throw is counted in
 * {@link ServerPool#faults()} and otherwise ignored.
 *
 * <pre>{@code
 * pool.onChange(event -> System.out.println(event.kind() + " " + event.evidence()));
 * }</pre>
 */
@FunctionalInterface
public interface PoolListener {
    /**
     * Something happened.
     *
     * @param event what
     */
    void on(PoolEvent event);
}
