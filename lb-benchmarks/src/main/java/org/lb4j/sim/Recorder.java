package org.lb4j.sim;

import java.util.Arrays;
import java.util.List;
import org.lb4j.Outcome;

/** What is seen of a run while it goes on. */
final class Recorder {
    private final Scenario scenario;
    private final Shares shares;
    private final LoadSamples loads = new LoadSamples();
    private long[] latencies = new long[1 << 14];
    private int answered;
    private long errors;
    private long timeouts;
    private double latencySum;

    Recorder(Scenario scenario) {
        this.scenario = scenario;
        this.shares = new Shares(scenario);
    }

    void sent(int server, long now) {
        shares.sent(server, now);
    }

    /** A call that failed at once has no latency: it is an error, and the score counts it as one that took for ever. */
    void ended(SimCall call, Outcome outcome, long now) {
        if (!scenario.scored(call.start())) return;
        if (outcome != Outcome.SUCCESS) errors++;
        if (outcome == Outcome.TIMEOUT) timeouts++;
        if (outcome != Outcome.SUCCESS && outcome != Outcome.TIMEOUT) return;
        if (answered == latencies.length) latencies = Arrays.copyOf(latencies, 2 * answered);
        latencies[answered++] = now - call.start();
        latencySum += now - call.start();
    }

    void sample(long now, List<Machine> machines) {
        if (scenario.scored(now)) loads.sample(machines);
    }

    Result result(long seed, long end) {
        long[] sorted = Arrays.copyOf(latencies, answered);
        Arrays.sort(sorted);
        long calls = answered + errors - timeouts;
        return new Result(
                seed,
                calls,
                (double) errors / Math.max(1, calls),
                Latencies.of(sorted, latencySum / Math.max(1, answered), errors - timeouts),
                loads.mean(),
                shares.series(),
                end);
    }
}
