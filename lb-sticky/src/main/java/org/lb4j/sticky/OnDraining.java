package org.lb4j.sticky;

/**
 * What happens to a session whose server gets no new traffic: drained, or of weight 0.
 *
 * <pre>{@code
 * StickySessions sessions = StickySessions.builder(pool).onDraining(OnDraining.MOVE).build();
 * }</pre>
 */
public enum OnDraining {
    /** It stays, until the drain deadline has passed. */
    KEEP,
    /** Another server takes it over at once. */
    MOVE
}
