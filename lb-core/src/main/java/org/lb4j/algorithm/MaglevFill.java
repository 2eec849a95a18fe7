package org.lb4j.algorithm;

import java.util.Arrays;

/** Who owns which entry of a Maglev table (Eisenbud and others, NSDI 2016), with weights as in Envoy. */
final class MaglevFill {
    /* Each member walks its own permutation of the entries; round after round each takes the next free entry of its walk,
     * a lighter one not in every round: in round r it waits if r * w < target, else target grows by the largest weight.
     * One heavy member makes that slow, for all others are asked in each of its rounds to no end. So a member waits in
     * the list of the round that it can next take part in, which gives the same table.
     *
     * Most of the time goes into finding free entries, about ln(size) probes each; a bit an entry keeps that in the cache. */
    private final int[] owners;
    private final long[] taken;
    private final int[] at; // where each member's walk stands
    private final int[] skip;
    private int free;

    private MaglevFill(int[] offsets, int[] skips, int size) {
        owners = new int[size];
        taken = new long[(size >> 6) + 1];
        at = offsets.clone();
        skip = skips;
        free = size;
    }

    /** The owner of each entry: a number of a member, whose walk is offset, offset + skip, .., modulo the prime size. */
    static int[] owners(int[] offsets, int[] skips, double[] weights, int size) {
        MaglevFill fill = new MaglevFill(offsets, skips, size);
        if (Arrays.stream(weights).allMatch(weight -> weight == weights[0])) fill.inTurn();
        else fill.inTurn(weights);
        return fill.owners;
    }

    private void inTurn() {
        while (true)
            for (int i = 0; i < at.length; i++) {
                take(i);
                if (free == 0) return;
            }
    }

    private void inTurn(double[] weights) {
        Rounds rounds = new Rounds(weights, owners.length);
        int[] present = new int[weights.length];
        for (int round = 1; ; round++) {
            int size = rounds.leave(round, present);
            Arrays.sort(present, 0, size);
            for (int p = 0; p < size; p++) {
                take(present[p]);
                if (free == 0) return;
                rounds.await(round, present[p]);
            }
        }
    }

    private void take(int member) {
        int entry = at[member], step = skip[member], size = owners.length;
        while ((taken[entry >> 6] & 1L << entry) != 0) {
            entry += step;
            if (entry >= size) entry -= size;
        }
        taken[entry >> 6] |= 1L << entry;
        owners[entry] = member;
        at[member] = entry; // taken now, so the next walk begins one step on
        free--;
    }

    /** Who takes part in which round: a list for each. */
    private static final class Rounds {
        private final double[] weights;
        private final double[] targets;
        private final double heaviest;
        private final int[] first; // of each round's list: member + 1; 0: nobody
        private final int[] next;

        Rounds(double[] weights, int size) {
            this.weights = weights;
            targets = new double[weights.length];
            heaviest = Arrays.stream(weights).max().orElseThrow();
            // The heaviest one takes an entry in every round, so there are at most size of them.
            first = new int[size + 2];
            next = new int[weights.length];
            for (int i = weights.length - 1; i >= 0; i--) enter(1, i);
        }

        private void enter(int round, int member) {
            next[member] = first[round];
            first[round] = member + 1;
        }

        int leave(int round, int[] into) {
            int size = 0;
            for (int member = first[round]; member != 0; member = next[member - 1]) into[size++] = member - 1;
            return size;
        }

        /** Puts a member that took an entry in this round into the list of its next one, if that may ever come. */
        void await(int round, int member) {
            double target = targets[member] += heaviest;
            double weight = weights[member];
            double about = Math.ceil(target / weight) - 1; // not too late, though the division rounds
            if (about >= first.length) return;
            int due = Math.max(round + 1, (int) about);
            while (due * weight < target) due++;
            if (due < first.length) enter(due, member);
        }
    }
}
