package org.lb4j.algorithm;

import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.ToIntFunction;
import org.lb4j.Outcome;
import org.lb4j.Server;

/**
 * Servers with slots and a queue each, first come first served; service times are exponential. Seeded, and by
 * {@code StrictMath}, so the same everywhere.
 */
final class Queues implements Traffic.Behaviour {
    private final ToIntFunction<Server> slots;
    private final double meanNanos;
    private final SplittableRandom random;
    private final Map<String, long[]> freeAt = new HashMap<>();
    private final Map<String, Double> worked = new HashMap<>();

    Queues(ToIntFunction<Server> slots, double meanNanos, long seed) {
        this.slots = slots;
        this.meanNanos = meanNanos;
        this.random = new SplittableRandom(seed);
    }

    @Override
    public Traffic.Reply call(Server server, long now) {
        long[] free = freeAt.computeIfAbsent(server.id(), id -> new long[slots.applyAsInt(server)]);
        int first = 0;
        for (int i = 1; i < free.length; i++) if (free[i] < free[first]) first = i;
        long service = exponential(meanNanos);
        free[first] = Math.max(free[first], now) + service;
        worked.merge(server.id(), (double) service, Double::sum);
        return new Traffic.Reply(free[first] - now, Outcome.SUCCESS);
    }

    /** For arrivals too. */
    long exponential(double mean) {
        return (long) (-StrictMath.log(1 - random.nextDouble()) * mean);
    }

    int below(int bound) {
        return random.nextInt(bound);
    }

    /** The work that a server was given by now, by slot. */
    double workBySlot(Server server) {
        return worked.getOrDefault(server.id(), 0.0) / slots.applyAsInt(server);
    }
}
