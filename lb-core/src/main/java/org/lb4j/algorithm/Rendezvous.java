package org.lb4j.algorithm;

import org.jspecify.annotations.Nullable;
import org.lb4j.Member;
import org.lb4j.Picker;
import org.lb4j.Roster;
import org.lb4j.SelectionContext;

/** Rendezvous hashing: every member bids for every key, so a change of one member moves its own keys and no others. */
final class Rendezvous implements HashAlgorithm {
    @Override
    public HashPicker compile(Roster roster, @Nullable Picker before) {
        return new RendezvousPicker(Lineup.of(roster), RandomPick.of(roster));
    }

    @Override
    public String toString() {
        return "rendezvous()";
    }

    private static final class RendezvousPicker implements HashPicker {
        private final Lineup lineup;
        private final RendezvousOrder order;
        private final Picker keyless;

        RendezvousPicker(Lineup lineup, Picker keyless) {
            this.lineup = lineup;
            this.order = new RendezvousOrder(lineup);
            this.keyless = keyless;
        }

        @Override
        public @Nullable Member pick(SelectionContext context, long now) {
            return context.hasKey() ? lineup.member(choose(context.keyHash(), context)) : keyless.pick(context, now);
        }

        @Override
        public int choose(long hash, SelectionContext skip) {
            int first = order.first(hash, skip);
            return first < 0 ? order.first(hash, SelectionContext.none()) : first;
        }

        @Override
        public Lineup lineup() {
            return lineup;
        }
    }
}
