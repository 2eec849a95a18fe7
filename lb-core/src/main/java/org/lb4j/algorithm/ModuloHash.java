package org.lb4j.algorithm;

import org.jspecify.annotations.Nullable;
import org.lb4j.Member;
import org.lb4j.Picker;
import org.lb4j.Roster;
import org.lb4j.SelectionContext;
import org.lb4j.hash.HashFunction;

/** Plain "hash modulo n", members in order of id: perfectly even, and nearly every key moves when n changes. */
final class ModuloHash implements HashAlgorithm {
    private final HashFunction function;

    ModuloHash(HashFunction function) {
        if (function == null) throw new IllegalArgumentException("hash function must be given, was null");
        this.function = function;
    }

    @Override
    public HashPicker compile(Roster roster, @Nullable Picker before) {
        Lineup lineup = Lineup.of(roster);
        Shares shares = lineup.uniform() ? new EqualShares(lineup.size()) : WeightedShares.of(lineup.weights());
        return new ModuloPicker(function, lineup, shares, RandomPick.of(roster));
    }

    @Override
    public String toString() {
        return function == HashFunction.XXH64 ? "moduloHash()" : "moduloHash(" + function + ")";
    }

    /** Whose part of all hashes one is in. */
    private interface Shares {
        int owner(long hash);
    }

    private static final class EqualShares implements Shares {
        private final Remainder remainder;

        EqualShares(int size) {
            remainder = new Remainder(size);
        }

        @Override
        public int owner(long hash) {
            return (int) remainder.of(hash);
        }
    }

    private static final class WeightedShares implements Shares {
        private static final double EXACT = 0x1p53; // whole numbers up to here are doubles

        private final double[] ends; // of each one's share, one after another
        private final @Nullable Remainder remainder; // by the sum of whole weights; null: some are not whole

        private WeightedShares(double[] ends, boolean whole) {
            this.ends = ends;
            double total = ends[ends.length - 1];
            remainder = whole && total <= EXACT ? new Remainder((long) total) : null;
        }

        static WeightedShares of(double[] weights) {
            double[] ends = new double[weights.length];
            double total = 0;
            boolean whole = true;
            for (int i = 0; i < ends.length; i++) {
                total += weights[i];
                ends[i] = total;
                whole &= weights[i] == Math.rint(weights[i]);
            }
            return new WeightedShares(ends, whole);
        }

        @Override
        public int owner(long hash) {
            Remainder remainder = this.remainder;
            double x = remainder != null ? remainder.of(hash) : Range.unit(hash) * ends[ends.length - 1];
            int low = 0, high = ends.length - 1;
            while (low < high) {
                int middle = low + high >>> 1;
                if (x < ends[middle]) high = middle;
                else low = middle + 1;
            }
            return low;
        }
    }

    private static final class ModuloPicker implements HashPicker {
        private final HashFunction function;
        private final Lineup lineup;
        private final Shares shares;
        private final RendezvousOrder order;
        private final Picker keyless;

        ModuloPicker(HashFunction function, Lineup lineup, Shares shares, Picker keyless) {
            this.function = function;
            this.lineup = lineup;
            this.shares = shares;
            this.order = new RendezvousOrder(lineup);
            this.keyless = keyless;
        }

        @Override
        public @Nullable Member pick(SelectionContext context, long now) {
            return context.hasKey() ? lineup.member(choose(hash(context), context)) : keyless.pick(context, now);
        }

        @Override
        public int choose(long hash, SelectionContext skip) {
            return order.orNext(shares.owner(hash), hash, skip);
        }

        @Override
        public long hash(SelectionContext context) {
            return context.keyHash(function);
        }

        @Override
        public Lineup lineup() {
            return lineup;
        }
    }
}
