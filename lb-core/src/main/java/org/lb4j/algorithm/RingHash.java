package org.lb4j.algorithm;

import org.jspecify.annotations.Nullable;
import org.lb4j.Member;
import org.lb4j.Picker;
import org.lb4j.Roster;
import org.lb4j.SelectionContext;

/** Envoy's ring hash: each member owns points on a circle in proportion to its weight, a key goes to the next point. */
final class RingHash implements HashAlgorithm {
    /** Envoy's limit, which is 100 MB of points. */
    static final int LARGEST = 8_388_608;

    private final int minSize;
    private final int maxSize;

    RingHash(int minSize, int maxSize) {
        if (minSize < 1) throw new IllegalArgumentException("minSize must be at least 1, was " + minSize);
        if (maxSize > LARGEST)
            throw new IllegalArgumentException("maxSize must be at most " + LARGEST + ", was " + maxSize);
        if (minSize > maxSize)
            throw new IllegalArgumentException("minSize must be at most maxSize, was " + minSize + " > " + maxSize);
        this.minSize = minSize;
        this.maxSize = maxSize;
    }

    @Override
    public HashPicker compile(Roster roster, @Nullable Picker before) {
        Lineup lineup = Lineup.of(roster);
        if (before instanceof RingPicker last && last.serves(this, lineup)) return last;
        return new RingPicker(this, lineup, RandomPick.of(roster));
    }

    @Override
    public String toString() {
        return "ringHash(" + minSize + ", " + maxSize + ")";
    }

    private static final class RingPicker implements HashPicker {
        private final RingHash by;
        private final Lineup lineup;
        private final Ring ring;
        private final RendezvousOrder order;
        private final Picker keyless;

        RingPicker(RingHash by, Lineup lineup, Picker keyless) {
            this.by = by;
            this.lineup = lineup;
            this.ring = RingPoints.ring(lineup.names(), RingPoints.counts(lineup.weights(), by.minSize, by.maxSize));
            this.order = new RendezvousOrder(lineup);
            this.keyless = keyless;
        }

        boolean serves(RingHash algorithm, Lineup other) {
            return by == algorithm && lineup.sameAs(other);
        }

        @Override
        public @Nullable Member pick(SelectionContext context, long now) {
            return context.hasKey() ? lineup.member(choose(context.keyHash(), context)) : keyless.pick(context, now);
        }

        @Override
        public int choose(long hash, SelectionContext skip) {
            int owner = ring.owner(hash, lineup, skip);
            return owner >= 0 ? owner : order.orNext(ring.owner(hash), hash, skip); // a light member may have no point
        }

        @Override
        public Lineup lineup() {
            return lineup;
        }
    }
}
