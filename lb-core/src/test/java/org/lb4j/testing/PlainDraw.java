package org.lb4j.testing;

import org.jspecify.annotations.Nullable;
import org.lb4j.Algorithm;
import org.lb4j.Member;
import org.lb4j.Picker;
import org.lb4j.Roster;
import org.lb4j.SelectionContext;

/** The plainest algorithm that keeps the contract: one draw by weight among the members that are not excluded, O(n). */
public final class PlainDraw implements Algorithm {
    /** The algorithm. */
    public PlainDraw() {}

    @Override
    public Picker compile(Roster roster, @Nullable Picker before) {
        return (context, now) -> draw(roster, context);
    }

    private static Member draw(Roster roster, SelectionContext context) {
        double total = 0;
        for (int i = 0; i < roster.size(); i++) if (!context.excludes(roster.member(i))) total += roster.weight(i);
        double left = (roster.draw() >>> 11) * 0x1p-53 * total;
        for (int i = 0; i < roster.size(); i++)
            if (!context.excludes(roster.member(i)) && (left -= roster.weight(i)) < 0) return roster.member(i);
        return roster.member(0); // all are excluded
    }

    @Override
    public String toString() {
        return "plain draw";
    }
}
