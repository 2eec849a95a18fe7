package org.lb4j.examples;

import org.jspecify.annotations.Nullable;
import org.lb4j.Algorithm;
import org.lb4j.Member;
import org.lb4j.Picker;
import org.lb4j.Roster;

/**
 * An algorithm of one's own: fills one server up to a number of calls before it touches the next, so that the last ones stay
 * idle and can be switched off. If all are full, the emptiest.
 *
 * <pre>{@code
 * Selector packed = pool.selector(new FillUp(50));
 * }</pre>
 *
 * @param calls how many a server gets before the next one has its turn
 */
public record FillUp(int calls) implements Algorithm {
    /** Refuses what can not be filled. */
    public FillUp {
        if (calls < 1) throw new IllegalArgumentException("calls must be at least 1, was " + calls);
    }

    /** Called when the list, a weight or a hold changes; servers that may not be used are not in the roster. */
    @Override
    public Picker compile(Roster roster, @Nullable Picker before) {
        return (context, now) -> {
            Member emptiest = roster.member(0);
            for (int i = 0; i < roster.size(); i++) {
                Member member = roster.member(i);
                if (context.excludes(member)) continue; // a retry has been there
                if (member.inFlight() < calls) return member;
                if (context.excludes(emptiest) || member.inFlight() < emptiest.inFlight()) emptiest = member;
            }
            return emptiest;
        };
    }
}
