package org.lb4j.algorithm;

import org.lb4j.Member;
import org.lb4j.Picker;
import org.lb4j.Roster;
import org.lb4j.SelectionContext;

/** Independent draws in proportion to weight. Immutable, so wait-free. */
final class RandomPick {
    private RandomPick() {}

    static Picker of(Roster roster) {
        return roster.uniform() ? new Even(roster) : new ByWeight(roster);
    }

    private static Member[] members(Roster roster) {
        Member[] members = new Member[roster.size()];
        for (int i = 0; i < members.length; i++) members[i] = roster.member(i);
        return members;
    }

    private static final class Even implements Picker {
        private final Roster roster;
        private final Member[] members;

        Even(Roster roster) {
            this.roster = roster;
            this.members = members(roster);
        }

        @Override
        public Member pick(SelectionContext context, long now) {
            Member member = draw();
            return context.excludesAny() && context.excludes(member) ? another(context) : member;
        }

        private Member draw() {
            return members[Range.high(roster.draw(), members.length)];
        }

        private Member another(SelectionContext context) {
            for (int tries = 0; tries < Exclusion.TRIES && members.length > 2; tries++) {
                Member member = draw();
                if (!context.excludes(member)) return member;
            }
            return Exclusion.drawFromRest(roster, context);
        }
    }

    private static final class ByWeight implements Picker {
        private final Roster roster;
        private final Member[] members;
        private final AliasTable table;

        ByWeight(Roster roster) {
            this.roster = roster;
            this.members = members(roster);
            this.table = new AliasTable(roster);
        }

        @Override
        public Member pick(SelectionContext context, long now) {
            Member member = draw();
            return context.excludesAny() && context.excludes(member) ? another(context) : member;
        }

        private Member draw() {
            return members[table.index(roster.draw())];
        }

        private Member another(SelectionContext context) {
            for (int tries = 0; tries < Exclusion.TRIES && members.length > 2; tries++) {
                Member member = draw();
                if (!context.excludes(member)) return member;
            }
            return Exclusion.drawFromRest(roster, context);
        }
    }
}
