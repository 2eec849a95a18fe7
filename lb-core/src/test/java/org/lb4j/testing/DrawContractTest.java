package org.lb4j.testing;

import org.lb4j.Member;
import org.lb4j.Roster;
import org.lb4j.SelectionContext;

/** The suite passes what keeps the rules: independent draws by weight. */
final class DrawContractTest extends AlgorithmContract {
    DrawContractTest() {
        super(() -> (roster, before) -> (context, now) -> draw(roster, context));
    }

    static Member draw(Roster roster, SelectionContext context) {
        double total = 0;
        for (int i = 0; i < roster.size(); i++) if (!context.excludes(roster.member(i))) total += roster.weight(i);
        double left = (roster.draw() >>> 11) * 0x1p-53 * total;
        for (int i = 0; i < roster.size(); i++)
            if (!context.excludes(roster.member(i)) && (left -= roster.weight(i)) < 0) return roster.member(i);
        return roster.member(0);
    }
}
