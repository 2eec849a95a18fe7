package org.lb4j.algorithm;

import org.lb4j.Member;
import org.lb4j.Picker;
import org.lb4j.Roster;
import org.lb4j.SelectionContext;

/** Active and passive: the first in list order that is there. */
record FirstAvailable(Roster roster) implements Picker {
    @Override
    public Member pick(SelectionContext context, long now) {
        if (context.excludesAny())
            for (int i = 0; i < roster.size(); i++) if (!context.excludes(roster.member(i))) return roster.member(i);
        return roster.member(0);
    }
}
