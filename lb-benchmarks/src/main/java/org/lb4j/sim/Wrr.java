package org.lb4j.sim;

import java.util.Arrays;
import java.util.List;
import org.lb4j.Outcome;

/**
 * Weighted round robin by reported load, as in gRPC (A58) and as the baseline of Prequal: each second the weight becomes what
 * the server did, divided by its utilization and its errors. Clamped to [0.1, 10] times the mean; earliest deadline first.
 */
final class Wrr extends ReferenceClient {
    private static final long PERIOD = 1_000_000_000;

    private final List<Machine> machines;
    private final double[] reported;
    private final double[] deadlines;
    private final double[] servedBefore;
    private final double[] busyBefore;
    private final int[] ends;
    private final int[] errors;
    private long next = PERIOD;

    Wrr(Seat seat) {
        super(seat);
        int n = inFlight.length;
        machines = seat.machines();
        reported = weights.clone();
        deadlines = new double[n];
        servedBefore = new double[n];
        busyBefore = new double[n];
        ends = new int[n];
        errors = new int[n];
        for (int i = 0; i < n; i++) deadlines[i] = dice.uniform() / reported[i];
    }

    @Override
    int pick(int[] present) {
        if (now() >= next) {
            next = now() + PERIOD;
            reweigh(present);
        }
        int best = present[0];
        for (int server : present) if (deadlines[server] < deadlines[best]) best = server;
        double floor = deadlines[best];
        deadlines[best] += 1 / reported[best];
        for (int server : present)
            deadlines[server] = Math.max(deadlines[server], floor); // one that came back owes nothing
        return best;
    }

    private void reweigh(int[] present) {
        double[] fresh = new double[reported.length];
        for (int server : present) {
            SelfReport report = machines.get(server).report();
            double served = report.served() - servedBefore[server];
            double busy = (report.busyShare() - busyBefore[server]) / PERIOD;
            double penalty = ends[server] == 0 ? 0 : (double) errors[server] / ends[server];
            servedBefore[server] = report.served();
            busyBefore[server] = report.busyShare();
            ends[server] = 0;
            errors[server] = 0;
            fresh[server] = served <= 0 || busy <= 0 ? Double.NaN : served / (busy + penalty);
        }
        double mean = Arrays.stream(present)
                .mapToDouble(server -> fresh[server])
                .filter(weight -> weight > 0)
                .average()
                .orElse(Double.NaN);
        if (Double.isNaN(mean)) return;
        for (int server : present) {
            double weight = Double.isNaN(fresh[server]) ? 1 : fresh[server] / mean;
            reported[server] = Math.min(10, Math.max(0.1, weight));
        }
    }

    @Override
    void ended(int server, long latency, Outcome outcome) {
        ends[server]++;
        if (outcome != Outcome.SUCCESS) errors[server]++;
    }
}
