package org.lb4j.sim;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** How many calls each server was sent, in equal slices of the run; kept while a fault is watched. */
final class Shares {
    static final int SLICES = 150;

    private final Scenario scenario;
    private final int @Nullable [][] sent;
    private final double sliceNanos;

    Shares(Scenario scenario) {
        this.scenario = scenario;
        this.sent = scenario.fault() == null ? null : new int[scenario.nodes().size()][SLICES];
        this.sliceNanos = scenario.end() / (double) SLICES;
    }

    void sent(int server, long now) {
        if (sent != null) sent[server][(int) Math.min(SLICES - 1, now / sliceNanos)]++;
    }

    @Nullable
    ShareSeries series() {
        Fault fault = scenario.fault();
        if (sent == null || fault == null) return null;
        double[] totals = new double[SLICES];
        for (int[] row : sent) for (int i = 0; i < SLICES; i++) totals[i] += row[i];
        double[][] shares = new double[sent.length][SLICES];
        for (int s = 0; s < sent.length; s++)
            for (int i = 0; i < SLICES; i++) shares[s][i] = totals[i] == 0 ? 0 : sent[s][i] / totals[i];
        double[] faulty = new double[SLICES];
        for (int s : fault.servers()) Arrays.setAll(faulty, i -> faulty[i] + shares[s][i]);
        return new ShareSeries(sliceNanos / 1e9, shares, faulty);
    }
}
