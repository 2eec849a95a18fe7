package org.lb4j.health;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.lb4j.Lease;
import org.lb4j.NoServerAvailableException;
import org.lb4j.Outcome;
import org.lb4j.Selector;
import org.lb4j.algorithm.Algorithms;

/** Calls in virtual time, evenly spaced; each server fails as often as told. */
final class Traffic {
    private final World world;
    private final Selector selector;
    private final Random random = new Random(World.SEED + 1);
    private final Map<String, Double> errors = new HashMap<>();
    final Map<String, Integer> calls = new HashMap<>();
    private double usual;

    Traffic(World world) {
        this(world, world.pool.selector(Algorithms.roundRobin()));
    }

    Traffic(World world, Selector selector) {
        this.world = world;
        this.selector = selector;
    }

    Traffic seed(long seed) {
        random.setSeed(seed);
        return this;
    }

    Traffic usually(double rate) {
        usual = rate;
        return this;
    }

    Traffic errors(String name, double rate) {
        errors.put(name, rate);
        return this;
    }

    Traffic allWell() {
        errors.clear();
        usual = 0;
        return this;
    }

    /** So many calls a second for so long. */
    void run(double perSecond, double seconds) {
        long calls = Math.round(perSecond * seconds);
        for (long i = 0; i < calls; i++) {
            world.seconds(1 / perSecond);
            one();
        }
    }

    private void one() {
        Lease lease;
        try {
            lease = selector.acquire();
        } catch (NoServerAvailableException nobody) {
            calls.merge("nobody", 1, Integer::sum);
            return;
        }
        String name = lease.server().host();
        calls.merge(name, 1, Integer::sum);
        boolean fails = random.nextDouble() < errors.getOrDefault(name, usual);
        lease.end(fails ? Outcome.FAILURE : Outcome.SUCCESS);
    }

    int calls(String name) {
        return calls.getOrDefault(name, 0);
    }
}
