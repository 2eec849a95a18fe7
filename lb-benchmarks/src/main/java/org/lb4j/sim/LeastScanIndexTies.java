package org.lb4j.sim;

/** Least connections as in Ribbon, Stork and Vert.x: a scan that keeps the first of equals. */
final class LeastScanIndexTies extends ReferenceClient {
    LeastScanIndexTies(Seat seat) {
        super(seat);
    }

    @Override
    int pick(int[] present) {
        int best = present[0];
        for (int server : present)
            if (inFlight[server] / weights[server] < inFlight[best] / weights[best]) best = server;
        return best;
    }
}
