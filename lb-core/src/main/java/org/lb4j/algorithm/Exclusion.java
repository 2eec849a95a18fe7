package org.lb4j.algorithm;

import org.lb4j.Member;
import org.lb4j.Roster;
import org.lb4j.SelectionContext;

/** What is left of a roster for a call that must avoid some servers. */
final class Exclusion {
    /** How often a drawing algorithm picks again before it counts who is left. */
    static final int TRIES = 4;

    private Exclusion() {}

    /**
     * One of those that the context does not exclude, by weight; if it excludes all, one of all. Walks the roster, so it
     * stands behind a few plain tries; "the next one" would be cheaper and would double that one's load.
     */
    static Member drawFromRest(Roster roster, SelectionContext context) {
        double total = 0;
        for (int i = 0; i < roster.size(); i++) if (!context.excludes(roster.member(i))) total += roster.weight(i);
        boolean all = total == 0;
        if (all) for (int i = 0; i < roster.size(); i++) total += roster.weight(i);
        double left = Range.unit(roster.draw()) * total;
        Member last = roster.member(0);
        for (int i = 0; i < roster.size(); i++) {
            Member member = roster.member(i);
            if (!all && context.excludes(member)) continue;
            last = member;
            left -= roster.weight(i);
            if (left < 0) break;
        }
        return last;
    }
}
