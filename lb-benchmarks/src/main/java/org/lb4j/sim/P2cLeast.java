package org.lb4j.sim;

/** Least request as Envoy and gRPC have it: two independent draws, the one with fewer calls in flight, the first if equal. */
final class P2cLeast extends ReferenceClient {
    P2cLeast(Seat seat) {
        super(seat);
    }

    @Override
    int pick(int[] present) {
        int a = present[dice.below(present.length)];
        int b = present[dice.below(present.length)];
        return inFlight[b] / weights[b] < inFlight[a] / weights[a] ? b : a;
    }
}
