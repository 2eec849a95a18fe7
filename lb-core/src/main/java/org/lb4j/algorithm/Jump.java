package org.lb4j.algorithm;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.lb4j.Member;
import org.lb4j.Picker;
import org.lb4j.Roster;
import org.lb4j.SelectionContext;
import org.lb4j.hash.Mix;

/** Jump consistent hash over the members' slots: no table, and a slot more takes keys from all and moves no others. */
final class Jump implements HashAlgorithm {
    /** Then rendezvous: a tenth of the slots full leaves one key in 850 to it, a third none. */
    private static final int ATTEMPTS = 64;

    @Override
    public HashPicker compile(Roster roster, @Nullable Picker before) {
        return new JumpPicker(Lineup.of(roster), RandomPick.of(roster));
    }

    @Override
    public String toString() {
        return "jump()";
    }

    /** Lamping and Veach (arXiv 1406.2294): which of n slots. */
    static int slot(long key, int n) {
        long h = key, slot = -1, next = 0;
        while (next < n) {
            slot = next;
            h = h * 2862933555777941757L + 1;
            next = (long) ((slot + 1) * (0x1p31 / ((h >>> 33) + 1)));
        }
        return (int) slot;
    }

    private static final class JumpPicker implements HashPicker {
        /* A slot that is empty, or whose member is lighter than the heaviest and has no luck with this key, sends the key
         * on to another draw. So a member that leaves, or loses weight, gives away keys of its own and of nobody else. */
        private static final int NOBODY = -1;

        private final Lineup lineup;
        private final int[] slots;
        private final long[] hashes;
        private final double heaviest;
        private final RendezvousOrder order;
        private final Picker keyless;

        JumpPicker(Lineup lineup, Picker keyless) {
            this.lineup = lineup;
            this.slots = slots(lineup);
            this.hashes = lineup.hashes();
            this.heaviest = Arrays.stream(lineup.weights()).max().orElseThrow();
            this.order = new RendezvousOrder(lineup);
            this.keyless = keyless;
        }

        /** Who is where, up to the highest slot in use. */
        private static int[] slots(Lineup lineup) {
            int[] slotOf = new int[lineup.size()]; // asked once: a change may be under way
            Arrays.setAll(slotOf, i -> lineup.member(i).slot());
            int[] slots = new int[Arrays.stream(slotOf).max().orElseThrow() + 1];
            Arrays.fill(slots, NOBODY);
            for (int i = 0; i < slotOf.length; i++) slots[slotOf[i]] = i;
            return slots;
        }

        @Override
        public @Nullable Member pick(SelectionContext context, long now) {
            return context.hasKey() ? lineup.member(choose(context.keyHash(), context)) : keyless.pick(context, now);
        }

        @Override
        public int choose(long hash, SelectionContext skip) {
            long key = hash;
            for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
                int member = slots[slot(key, slots.length)];
                if (member != NOBODY && accepts(member, key) && !skip.excludes(lineup.member(member))) return member;
                key = Mix.mix(key + attempt);
            }
            int other = order.first(hash, skip);
            return other >= 0 ? other : choose(hash, SelectionContext.none());
        }

        private boolean accepts(int member, long key) {
            return lineup.uniform() || Range.unit(Mix.mix(key ^ hashes[member])) < lineup.weight(member) / heaviest;
        }

        @Override
        public Lineup lineup() {
            return lineup;
        }
    }
}
