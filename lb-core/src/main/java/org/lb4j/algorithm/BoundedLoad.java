package org.lb4j.algorithm;

import org.jspecify.annotations.Nullable;
import org.lb4j.Algorithm;
import org.lb4j.Member;
import org.lb4j.Picker;
import org.lb4j.Roster;
import org.lb4j.SelectionContext;
import org.lb4j.hash.Mix;

/** Consistent hashing with bounded loads: a member takes its keys, but never more than factor times its fair share of calls. */
final class BoundedLoad implements Algorithm {
    /** Each attempt misses only if it hits a full member, so eight leave few to the scan even when most are full. */
    private static final int ATTEMPTS = 8;

    private final double factor;
    private final int minCap;
    private final HashAlgorithm hashing;

    BoundedLoad(double factor, int minCap, Algorithm hashing) {
        if (!(factor > 1)) throw new IllegalArgumentException("factor must be above 1, was " + factor);
        if (factor == Double.POSITIVE_INFINITY)
            throw new IllegalArgumentException("factor must be finite, was " + factor);
        if (minCap < 1) throw new IllegalArgumentException("minCap must be at least 1, was " + minCap);
        if (!(hashing instanceof HashAlgorithm))
            throw new IllegalArgumentException("boundedLoad needs a hash algorithm, was " + hashing);
        this.factor = factor;
        this.minCap = minCap;
        this.hashing = (HashAlgorithm) hashing;
    }

    @Override
    public Picker compile(Roster roster, @Nullable Picker before) {
        Picker inner = before instanceof BoundedPicker last ? last.inner : null;
        return new BoundedPicker(this, hashing.compile(roster, inner), roster);
    }

    /** The calls in flight that make a member of this weight full, while so many are in flight in all. */
    int cap(int inFlight, double weight, double total) {
        return Math.max(
                minCap, (int) Math.ceil(factor * (inFlight + 1.0) * weight / total)); // + 1: the call to be placed
    }

    @Override
    public String toString() {
        String least = minCap == 1 ? "" : minCap + ", ";
        return "boundedLoad(" + factor + ", " + least + hashing + ")";
    }

    private static final class BoundedPicker implements Picker {
        /* A call that meets a full member jumps to a random one, derived from its key, and not to the neighbour, which would
         * carry one hot key's load from neighbour to neighbour (arXiv 1908.08762). The sum of all caps is above the number of
         * calls, so the scan finds room, unless calls race; then the least full one takes it.
         *
         * Counts are read while others write them: the bound holds up to one call a thread. */
        private static final int SUMMED = 64; // up to so many members their words are summed; above, the pool counts

        private final BoundedLoad by;
        private final HashPicker inner;
        private final Lineup lineup;
        private final Roster roster;
        private final double total;
        private final AliasTable anyone; // for calls without a key

        BoundedPicker(BoundedLoad by, HashPicker inner, Roster roster) {
            this.by = by;
            this.inner = inner;
            this.lineup = inner.lineup();
            this.roster = roster;
            double total = 0;
            for (double weight : lineup.weights()) total += weight;
            this.total = total;
            this.anyone = new AliasTable(lineup.weights());
            if (lineup.size() > SUMMED) roster.inFlight(); // the pool counts from the first question on
        }

        @Override
        public @Nullable Member pick(SelectionContext context, long now) {
            boolean keyed = context.hasKey();
            long key = keyed ? context.keyHash() : roster.draw();
            int first = keyed ? inner.choose(inner.hash(context), context) : anyone(key, context);
            if (lineup.member(first).inFlight() < by.minCap)
                return lineup.member(first); // whatever others have in flight
            int inFlight = inFlight();
            return lineup.member(hasRoom(first, inFlight) ? first : elsewhere(key, first, inFlight, context));
        }

        /** By weight, as the inner algorithm picks without a key. */
        private int anyone(long bits, SelectionContext skip) {
            int drawn = anyone.index(bits);
            return skip.excludes(lineup.member(drawn)) ? inner.choose(bits, skip) : drawn;
        }

        private int elsewhere(long key, int first, int inFlight, SelectionContext skip) {
            for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
                int member = inner.choose(Mix.mix(key + attempt), skip);
                if (hasRoom(member, inFlight)) return member;
            }
            return leastFull(key, first, inFlight, skip);
        }

        /** The first one with room, from a start that the key decides; else the one with the fewest calls for its weight. */
        private int leastFull(long key, int first, int inFlight, SelectionContext skip) {
            int size = lineup.size(), best = first;
            double least = Double.POSITIVE_INFINITY;
            int start = (int) Long.remainderUnsigned(Mix.mix(key), size);
            for (int i = 0; i < size; i++) {
                int member = start + i < size ? start + i : start + i - size;
                if (skip.excludes(lineup.member(member))) continue;
                if (hasRoom(member, inFlight)) return member;
                double load = lineup.member(member).inFlight() / lineup.weight(member);
                if (load < least) {
                    least = load;
                    best = member;
                }
            }
            return best;
        }

        private boolean hasRoom(int member, int inFlight) {
            return lineup.member(member).inFlight() < by.cap(inFlight, lineup.weight(member), total);
        }

        private int inFlight() {
            int size = lineup.size();
            if (size > SUMMED) return roster.inFlight();
            int sum = 0;
            for (int i = 0; i < size; i++) sum += lineup.member(i).inFlight();
            return sum;
        }
    }
}
