package org.lb4j;

/**
 * How loaded a pool is, over its servers with traffic: n servers, server i of weight w with k calls in flight.
 *
 * <pre>{@code
 * PoolLoad load = pool.load();
 * if (load.maxOverAverage() > 2) log("uneven: " + load);
 * }</pre>
 *
 * @param average sum(k) / n
 * @param maximum the largest k
 * @param loadFactor F = sum(k) / sum(w)
 * @param maxOverAverage the largest k/w, divided by F: 1 is even; 1 when idle
 */
public record PoolLoad(double average, int maximum, double loadFactor, double maxOverAverage) {
    static PoolLoad of(Roster roster) {
        int n = 0;
        int maximum = 0;
        long calls = 0;
        double weights = 0;
        double worst = 0;
        for (int i = 0; i < roster.size(); i++) {
            double weight = roster.weight(i);
            if (weight == 0) continue;
            int k = roster.member(i).inFlight();
            n++;
            calls += k;
            weights += weight;
            maximum = Math.max(maximum, k);
            worst = Math.max(worst, k / weight);
        }
        if (calls == 0) return new PoolLoad(0, 0, 0, 1);
        double factor = calls / weights;
        return new PoolLoad((double) calls / n, maximum, factor, worst / factor);
    }
}
