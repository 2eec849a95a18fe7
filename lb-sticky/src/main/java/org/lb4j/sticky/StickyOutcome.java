package org.lb4j.sticky;

/**
 * What became of a session's wish for its server.
 *
 * <pre>{@code
 * switch (visit.settle(server).outcome()) {
 *     case MOVED_UNAVAILABLE, MOVED_DRAINING, MOVED_REMOVED -> session.reload();
 *     default -> {}
 * }
 * }</pre>
 */
public enum StickyOutcome {
    /** Its server serves it. */
    HIT,
    /** It had no server: a call without a cookie or key, or a session for which an entry was written. */
    NEW,
    /** What the client sent is not ours: forged, damaged, of another scope or key, or an unknown route. */
    MISS_INVALID,
    /** What the client sent was ours, and is too old. */
    EXPIRED,
    /** Another server: its own is held, or could not be reached. */
    MOVED_UNAVAILABLE,
    /** Another server: its own was drained for as long as sessions are kept there. */
    MOVED_DRAINING,
    /** Another server: its own left the pool. */
    MOVED_REMOVED,
    /** Another server for this call alone: its own has too much in flight. */
    OVERLOADED,
    /** Nobody: its own server can not be used, and {@link OnUnavailable#STRICT} lets no other one serve it. */
    STRICT_FAILED
}
