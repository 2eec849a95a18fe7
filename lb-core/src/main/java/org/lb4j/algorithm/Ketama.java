package org.lb4j.algorithm;

import org.jspecify.annotations.Nullable;
import org.lb4j.Member;
import org.lb4j.Picker;
import org.lb4j.Roster;
import org.lb4j.SelectionContext;
import org.lb4j.hash.HashFunction;

/** The ring of libketama and libmemcached, point for point: a cache filled by their clients is found by ours. */
final class Ketama implements HashAlgorithm {
    @Override
    public HashPicker compile(Roster roster, @Nullable Picker before) {
        Lineup lineup = Lineup.of(roster);
        if (before instanceof KetamaPicker last && last.lineup.sameAs(lineup)) return last;
        return new KetamaPicker(lineup, RandomPick.of(roster));
    }

    @Override
    public String toString() {
        return "ketama()";
    }

    /** A key's place: the first four bytes of its MD5, little-endian; of a key that was given as a number its low half. */
    static long place(SelectionContext context) {
        long md5 = context.keyHash(HashFunction.MD5);
        if (md5 == context.keyHash()) return md5; // a number is its own hash by every function
        return Integer.reverseBytes((int) (md5 >>> 32));
    }

    private static final class KetamaPicker implements HashPicker {
        private final Lineup lineup;
        private final Ring ring;
        private final RendezvousOrder order;
        private final Picker keyless;

        KetamaPicker(Lineup lineup, Picker keyless) {
            this.lineup = lineup;
            this.ring = KetamaPoints.ring(lineup.names(), KetamaPoints.digests(lineup.weights()));
            this.order = new RendezvousOrder(lineup);
            this.keyless = keyless;
        }

        @Override
        public @Nullable Member pick(SelectionContext context, long now) {
            return context.hasKey() ? lineup.member(choose(place(context), context)) : keyless.pick(context, now);
        }

        @Override
        public int choose(long hash, SelectionContext skip) {
            long place = hash << 32; // points have 32 bits, at the top of the ring's 64
            int owner = ring.owner(place, lineup, skip);
            return owner >= 0 ? owner : order.orNext(ring.owner(place), hash, skip); // a light member may have no point
        }

        @Override
        public long hash(SelectionContext context) {
            return place(context);
        }

        @Override
        public Lineup lineup() {
            return lineup;
        }
    }
}
