package org.lb4j;

import org.jspecify.annotations.Nullable;

/**
 * Picks a member, called by every thread at once: no lock, no allocation. See {@link Algorithm}.
 *
 * <p>A context may exclude members. A picker honours that while another member is left, and returns an excluded one only
 * if all are; the selector then looks outside the roster.
 *
 * <pre>{@code
 * Picker first = (context, now) -> roster.member(0);
 * }</pre>
 */
@FunctionalInterface
public interface Picker {
    /**
     * Picks.
     *
     * @param context what this call wants
     * @param now the pool's ticker; 0 under {@link Selector#next()} unless {@link #timed()}
     * @return the choice; null: none
     */
    @Nullable
    Member pick(SelectionContext context, long now);

    /**
     * Whether picks need the time even under {@link Selector#next()}. Asked once, when the picker is installed.
     *
     * @return false unless overridden
     */
    default boolean timed() {
        return false;
    }
}
