package org.lb4j;

import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** One after the other, in the order of the list; where it stands lives on from list to list. */
final class InTurn implements Algorithm {
    @Override
    public Picker compile(Roster roster, @Nullable Picker before) {
        return new Turn(roster, before instanceof Turn turn ? turn.at : new AtomicInteger());
    }

    private record Turn(Roster roster, AtomicInteger at) implements Picker {
        @Override
        public Member pick(SelectionContext context, long now) {
            Member member = next();
            for (int tries = 1; tries < roster.size() && context.excludes(member); tries++) member = next();
            return member;
        }

        private Member next() {
            return roster.member(Math.floorMod(at.getAndIncrement(), roster.size()));
        }
    }
}
