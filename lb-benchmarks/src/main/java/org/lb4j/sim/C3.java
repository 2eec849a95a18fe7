package org.lb4j.sim;

import java.util.Arrays;
import java.util.List;
import org.lb4j.Outcome;

/**
 * C3 (Suresh and others, NSDI 2015), its ranking without its rate control: answers carry the server's queue and time of work,
 * and the least of R - s + q^3 s is taken, q = 1 + own calls * clients + queue. Over all servers, ties by chance.
 */
final class C3 extends ReferenceClient {
    private static final double GAIN = 0.1;

    private final List<Machine> machines;
    private final int clients;
    private final double[] response;
    private final double[] service;
    private final double[] queue;

    C3(Seat seat) {
        super(seat);
        machines = seat.machines();
        clients = seat.clients();
        response = unknown();
        service = unknown();
        queue = unknown();
    }

    private double[] unknown() {
        double[] values = new double[inFlight.length];
        Arrays.fill(values, Double.NaN);
        return values;
    }

    @Override
    int pick(int[] present) {
        int best = present[0];
        double least = Double.POSITIVE_INFINITY;
        int equal = 0;
        for (int server : present) {
            double score = score(server);
            if (score < least) equal = 0;
            if (score > least || dice.below(++equal) != 0) continue;
            least = score;
            best = server;
        }
        return best;
    }

    private double score(int server) {
        if (Double.isNaN(response[server])) return inFlight[server] * 1e9;
        double length = 1 + (double) inFlight[server] * clients + queue[server];
        return response[server] - service[server] + length * length * length * service[server];
    }

    @Override
    void ended(int server, long latency, Outcome outcome) {
        Machine machine = machines.get(server);
        response[server] = smooth(response[server], (double) latency);
        service[server] = smooth(service[server], machine.report().serviceTime());
        queue[server] = smooth(queue[server], machine.waiting());
    }

    private static double smooth(double known, double sample) {
        return Double.isNaN(known) ? sample : known + GAIN * (sample - known);
    }
}
