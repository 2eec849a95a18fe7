package org.lb4j.sticky;

/**
 * What happens to a session whose server is held: taken out, failing its checks, or ejected.
 *
 * <pre>{@code
 * StickySessions sessions = StickySessions.builder(pool).onUnavailable(OnUnavailable.STRICT).build();
 * }</pre>
 */
public enum OnUnavailable {
    /** Another server takes it over. */
    REBALANCE,
    /**
     * The pick fails with {@link org.lb4j.NoServerAvailableException}, which names the server and why; the session stays. For
     * state that lives on one server alone.
     */
    STRICT
}
