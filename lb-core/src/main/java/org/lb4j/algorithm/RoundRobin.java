package org.lb4j.algorithm;

import org.jspecify.annotations.Nullable;
import org.lb4j.Member;
import org.lb4j.Picker;
import org.lb4j.Roster;
import org.lb4j.SelectionContext;

/**
 * In turn; with weights, each member as often a cycle as its weight says, spread as evenly as it can be. One atomic write a
 * pick, see {@link Cursor}.
 */
abstract class RoundRobin implements Picker {
    private static final int LONGEST_ORDER = 4096;
    private static final int DEAREST_ORDER = 1 << 20; // steps of the build: about 2 ms

    final Roster roster;
    final Cursor cursor;
    final Member[] members;

    private RoundRobin(Roster roster, Cursor cursor) {
        this.roster = roster;
        this.cursor = cursor;
        this.members = new Member[roster.size()];
        for (int i = 0; i < members.length; i++) members[i] = roster.member(i);
    }

    static Picker of(Roster roster, @Nullable Picker before) {
        Cursor cursor = before instanceof RoundRobin known ? known.cursor : new Cursor(roster);
        return of(roster, cursor);
    }

    static RoundRobin of(Roster roster, Cursor cursor) {
        if (roster.uniform()) return new InTurn(roster, cursor);
        long[] weights = integral(roster);
        if (weights.length == 0) return new Strided(roster, cursor, GoldenStride.ofReal(roster.weights()));
        long sum = 0;
        for (long weight : weights) sum += weight;
        if (sum <= LONGEST_ORDER && sum * weights.length <= DEAREST_ORDER)
            return new Smooth(roster, cursor, ints(weights));
        boolean fits =
                sum < 1L << 31; // else stride and slot could not be multiplied, and nobody would live to see a cycle
        return new Strided(
                roster, cursor, fits ? GoldenStride.ofIntegral(weights) : GoldenStride.ofReal(roster.weights()));
    }

    abstract Member next();

    /** Repeated picks move on; the rest is drawn, since "the next one" would get twice its share. */
    final Member another(SelectionContext context) {
        for (int tries = 0; tries < Exclusion.TRIES && members.length > 2; tries++) {
            Member member = next();
            if (!context.excludes(member)) return member;
        }
        return Exclusion.drawFromRest(roster, context);
    }

    /** The weights, divided by their common divisor; none if one is no whole number. */
    private static long[] integral(Roster roster) {
        long[] weights = new long[roster.size()];
        long divisor = 0;
        for (int i = 0; i < weights.length; i++) {
            double weight = roster.weight(i);
            weights[i] = (long) weight;
            if (weights[i] != weight) return new long[0];
            divisor = GoldenStride.gcd(divisor, weights[i]);
        }
        for (int i = 0; i < weights.length; i++) weights[i] /= divisor;
        return weights;
    }

    private static int[] ints(long[] weights) {
        int[] ints = new int[weights.length];
        for (int i = 0; i < ints.length; i++) ints[i] = (int) weights[i];
        return ints;
    }

    /** Equal weights. */
    private static final class InTurn extends RoundRobin {
        InTurn(Roster roster, Cursor cursor) {
            super(roster, cursor);
        }

        @Override
        Member next() {
            return members[(int) cursor.next(1, members.length)];
        }

        @Override
        public Member pick(SelectionContext context, long now) {
            Member member = next();
            return context.excludesAny() && context.excludes(member) ? another(context) : member;
        }
    }

    /** Small weights: one cycle, written down. */
    private static final class Smooth extends RoundRobin {
        private final short[] order;

        Smooth(Roster roster, Cursor cursor, int[] weights) {
            super(roster, cursor);
            order = SmoothOrder.of(weights);
        }

        @Override
        Member next() {
            return members[order[(int) cursor.next(1, order.length)]];
        }

        @Override
        public Member pick(SelectionContext context, long now) {
            Member member = next();
            return context.excludesAny() && context.excludes(member) ? another(context) : member;
        }
    }

    /** Large or real weights. */
    private static final class Strided extends RoundRobin {
        private final GoldenStride walk;

        Strided(Roster roster, Cursor cursor, GoldenStride walk) {
            super(roster, cursor);
            this.walk = walk;
        }

        @Override
        Member next() {
            return members[walk.owner(cursor.next(walk.stride(), walk.slots()))];
        }

        @Override
        public Member pick(SelectionContext context, long now) {
            Member member = next();
            return context.excludesAny() && context.excludes(member) ? another(context) : member;
        }
    }
}
