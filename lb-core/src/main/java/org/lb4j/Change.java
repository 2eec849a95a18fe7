package org.lb4j;

/**
 * Edits of many servers, published at once: the argument of {@link ServerPool#change}.
 *
 * <pre>{@code
 * pool.change(edits -> {
 *     edits.release("10.0.0.7:8080", Hold.CHECK);
 *     edits.hold("10.0.0.8:8080", Hold.CHECK);
 * });
 * }</pre>
 */
public interface Change {
    /**
     * Holds a server.
     *
     * @param serverId which
     * @param reason why
     * @return false if there is no such server
     */
    boolean hold(String serverId, Hold reason);

    /**
     * Ends one reason for holding a server.
     *
     * @param serverId which
     * @param reason the reason that is over
     * @return false if there is no such server
     */
    boolean release(String serverId, Hold reason);

    /**
     * Sets one source's factor on the weight of a server; 1 removes it.
     *
     * @param serverId which
     * @param source who says so; each source has one factor a server
     * @param factor in [0, 1]
     * @return false if there is no such server
     */
    boolean scale(String serverId, String source, double factor);
}
