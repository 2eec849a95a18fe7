package org.lb4j.algorithm;

import org.jspecify.annotations.Nullable;
import org.lb4j.Member;
import org.lb4j.Picker;
import org.lb4j.Roster;
import org.lb4j.SelectionContext;

/** Maglev hashing: one look-up in a table of a prime number of entries that all members share by weight, almost exactly. */
final class Maglev implements HashAlgorithm {
    /** Envoy's limit. */
    static final int LARGEST = 5_000_011;

    /** For 100 entries a member, so that an entry more or less is 1 %; beyond 6,553 members a table of 1.3 MB has to do. */
    private static final int[] SIZES = {65_537, 131_071, 655_373};

    private final int tableSize; // 0: by the number of members

    Maglev() {
        tableSize = 0;
    }

    Maglev(int tableSize) {
        if (!prime(tableSize)) throw new IllegalArgumentException("table size must be prime, was " + tableSize);
        if (tableSize > LARGEST)
            throw new IllegalArgumentException("table size must be at most " + LARGEST + ", was " + tableSize);
        this.tableSize = tableSize;
    }

    @Override
    public HashPicker compile(Roster roster, @Nullable Picker before) {
        Lineup lineup = Lineup.of(roster);
        if (before instanceof MaglevPicker last && last.serves(this, lineup)) return last;
        return new MaglevPicker(this, lineup, RandomPick.of(roster));
    }

    int sizeFor(int members) {
        if (tableSize > 0) return tableSize;
        for (int size : SIZES) if (size > 100L * members) return size;
        return SIZES[SIZES.length - 1];
    }

    private static boolean prime(int number) {
        if (number < 4) return number > 1;
        for (int divisor = 2; (long) divisor * divisor <= number; divisor++) if (number % divisor == 0) return false;
        return true;
    }

    @Override
    public String toString() {
        return tableSize == 0 ? "maglev()" : "maglev(" + tableSize + ")";
    }

    private static final class MaglevPicker implements HashPicker {
        private final Maglev by;
        private final Lineup lineup;
        private final MaglevTable table;
        private final RendezvousOrder order;
        private final Picker keyless;

        MaglevPicker(Maglev by, Lineup lineup, Picker keyless) {
            this.by = by;
            this.lineup = lineup;
            this.table = MaglevTable.of(lineup, by.sizeFor(lineup.size()));
            this.order = new RendezvousOrder(lineup);
            this.keyless = keyless;
        }

        boolean serves(Maglev algorithm, Lineup other) {
            return by == algorithm && lineup.sameAs(other);
        }

        @Override
        public @Nullable Member pick(SelectionContext context, long now) {
            return context.hasKey() ? lineup.member(choose(context.keyHash(), context)) : keyless.pick(context, now);
        }

        @Override
        public int choose(long hash, SelectionContext skip) {
            return order.orNext(table.owner(hash), hash, skip);
        }

        @Override
        public Lineup lineup() {
            return lineup;
        }
    }
}
