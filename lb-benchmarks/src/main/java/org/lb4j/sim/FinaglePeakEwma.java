package org.lb4j.sim;

import org.lb4j.Outcome;

/** Finagle's peak EWMA: two choices, time constant 10 s; the decay is stored at each read, a server never heard of is avoided. */
final class FinaglePeakEwma extends ReferenceClient {
    private static final double TAU = 10e9;
    private static final double PENALTY = Long.MAX_VALUE >> 16;

    private final double[] cost;
    private final long[] stamp;

    FinaglePeakEwma(Seat seat) {
        super(seat);
        cost = new double[inFlight.length];
        stamp = new long[inFlight.length];
    }

    @Override
    int pick(int[] present) {
        int[] two = twoOf(present);
        return load(two[1]) < load(two[0]) ? two[1] : two[0];
    }

    @Override
    void ended(int server, long latency, Outcome outcome) {
        observe(server, (double) Math.max(1, latency));
    }

    private double load(int server) {
        observe(server, 0);
        double load = cost[server] == 0 && inFlight[server] != 0
                ? PENALTY + inFlight[server]
                : cost[server] * (inFlight[server] + 1);
        return load / weights[server];
    }

    private void observe(int server, double sample) {
        double left = StrictMath.exp(-(double) (now() - stamp[server]) / TAU);
        cost[server] = Math.max(sample, cost[server] * left + sample * (1 - left));
        stamp[server] = now();
    }
}
