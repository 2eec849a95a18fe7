package org.lb4j.sim;

import java.util.List;
import org.lb4j.PoolLoad;

/** The formulas of {@link PoolLoad} over the calls that are really at the servers, averaged over a run. */
final class LoadSamples {
    private int samples;
    private double average;
    private double maximum;
    private double factor;
    private double maxOverAverage;

    /** Means over the samples of a run. */
    record Mean(double average, double maximum, double loadFactor, double maxOverAverage) {}

    void sample(List<Machine> machines) {
        double calls = 0;
        double weights = 0;
        double most = 0;
        double worst = 0;
        for (Machine machine : machines) {
            int k = machine.inSystem();
            calls += k;
            weights += machine.node().weight();
            most = Math.max(most, k);
            worst = Math.max(worst, (double) k / machine.node().weight());
        }
        samples++;
        average += calls / machines.size();
        maximum += most;
        factor += calls / weights;
        maxOverAverage += calls == 0 ? 1 : worst * weights / calls;
    }

    Mean mean() {
        int n = Math.max(1, samples);
        return new Mean(average / n, maximum / n, factor / n, maxOverAverage / n);
    }
}
