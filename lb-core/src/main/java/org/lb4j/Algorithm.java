package org.lb4j;

import org.jspecify.annotations.Nullable;

/**
 * A way to choose: compiles a roster into a picker whenever the roster changes. One algorithm value may serve many
 * selectors at once; what a selector must remember from picker to picker (a cursor) is taken from {@code before}.
 *
 * <pre>{@code
 * Algorithm heaviest = (roster, before) -> {
 *     int best = 0;
 *     for (int i = 1; i < roster.size(); i++) if (roster.weight(i) > roster.weight(best)) best = i;
 *     Member winner = roster.member(best);
 *     return (context, now) -> winner;
 * };
 * }</pre>
 */
@FunctionalInterface
public interface Algorithm {
    /**
     * Prepares to pick from a roster. Called at change time, perhaps on two threads at once. A throw leaves the last
     * good picker in use.
     *
     * @param roster two or more members, all of weight above 0 (none and one are the selector's own business)
     * @param before this selector's last picker, the only way a cursor lives on; null at first
     * @return what picks until the next change
     */
    Picker compile(Roster roster, @Nullable Picker before);
}
