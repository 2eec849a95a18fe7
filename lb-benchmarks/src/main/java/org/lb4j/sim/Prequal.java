package org.lb4j.sim;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Prequal (Wydrowski and others, NSDI 2024) with its published settings: three probes a call into a pool of 16 (of half the
 * servers, if there are fewer than 32) that live a second, hot above the 0.84 quantile of calls in flight; the cold one of least latency, or the least hot one. A probe asks
 * the server itself and costs nothing here.
 */
final class Prequal extends ReferenceClient {
    private static final int PROBES_A_CALL = 3;
    private static final int LARGEST_POOL = 16;
    private static final long MAX_AGE = 1_000_000_000;
    private static final double HOT = 0.84;
    private static final int REMEMBERED = 128;

    private static final class Probe {
        final int server;
        final long taken;
        final double latency;
        int calls;
        double uses;

        Probe(int server, long taken, int calls, double latency, double uses) {
            this.server = server;
            this.taken = taken;
            this.calls = calls;
            this.latency = latency;
            this.uses = uses;
        }
    }

    private static final Comparator<Probe> COLDEST =
            Comparator.comparingInt((Probe probe) -> probe.calls).thenComparingDouble(probe -> probe.latency);
    private static final Comparator<Probe> FASTEST = Comparator.comparingDouble(probe -> probe.latency);

    private final List<Machine> machines;
    private final List<Probe> pool = new ArrayList<>();
    private final int[] recent = new int[REMEMBERED];
    private int seen;
    private boolean removeOldest;

    Prequal(Seat seat) {
        super(seat);
        machines = seat.machines();
    }

    @Override
    int pick(int[] present) {
        pool.removeIf(probe -> now() - probe.taken > MAX_AGE || !contains(present, probe.server));
        int choice = pool.size() < 2 ? present[dice.below(present.length)] : use(best());
        removeOne();
        for (int i = 0; i < PROBES_A_CALL; i++) probe(present[dice.below(present.length)]);
        return choice;
    }

    private static boolean contains(int[] present, int server) {
        for (int each : present) if (each == server) return true;
        return false;
    }

    private Probe best() {
        int limit = hotLimit();
        Probe best = null;
        for (Probe probe : pool)
            if (probe.calls < limit && (best == null || FASTEST.compare(probe, best) < 0)) best = probe;
        return best != null ? best : pool.stream().min(COLDEST).orElseThrow();
    }

    private int use(Probe probe) {
        probe.calls++;
        if (--probe.uses <= 0) pool.remove(probe);
        return probe.server;
    }

    /** One in turn for being old and for being bad, so that the pool neither ages nor fills up with what nobody wants. */
    private void removeOne() {
        if (pool.size() < size() - 1) return;
        int limit = hotLimit();
        Probe worst = pool.get(0);
        if (!removeOldest) {
            worst = pool.stream().max(COLDEST).orElseThrow();
            if (worst.calls < limit) worst = pool.stream().max(FASTEST).orElseThrow();
        }
        pool.remove(worst);
        removeOldest = !removeOldest;
    }

    private void probe(int server) {
        int calls = machines.get(server).inSystem();
        recent[seen++ % REMEMBERED] = calls;
        // (1 + 1) / ((1 - pool / servers) * probes - removals): how often one may be used before it is worn out
        double share = 1 - Math.min(0.9, (double) size() / present().length);
        double uses = Math.max(1, 2 / Math.max(0.1, share * PROBES_A_CALL - 1));
        pool.add(new Probe(server, now(), calls, machines.get(server).report().latencyAt(calls), uses));
        if (pool.size() > size()) pool.remove(0);
    }

    private int size() {
        return Math.min(LARGEST_POOL, Math.max(2, present().length / 2));
    }

    private int hotLimit() {
        int[] sorted = Arrays.copyOf(recent, Math.min(seen, REMEMBERED));
        Arrays.sort(sorted);
        return Math.max(1, sorted[(int) (HOT * (sorted.length - 1))] + 1);
    }
}
