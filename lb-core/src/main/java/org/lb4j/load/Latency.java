package org.lb4j.load;

import java.util.Set;
import org.lb4j.Load;
import org.lb4j.Member;
import org.lb4j.Signal;

/** A latency times the calls in flight, this one included. */
enum Latency implements Load {
    /** Jumps to each peak. */
    PEAK(Signal.PEAK_LATENCY) {
        @Override
        double estimate(Member member, long now) {
            return member.peakLatency(now);
        }
    },
    /** The plain mean. */
    MEAN(Signal.MEAN_LATENCY) {
        @Override
        double estimate(Member member, long now) {
            return member.meanLatency(now);
        }
    };

    /** Dearer than any latency (12 days): a server that was never measured is probed by one call at a time. */
    private static final double PROBED = 1e15;

    /** Failures above this keep a server that was never measured from being probed; one fades to it in seven seconds. */
    private static final double TOO_BAD = 0.5;

    private final Set<Signal> signals;

    Latency(Signal read) {
        signals = Set.of(read);
    }

    abstract double estimate(Member member, long now);

    @Override
    public double of(Member member, long now) {
        return of(member, 1, now);
    }

    /** Weight weighs the calls and not the latency: of equal servers the heavier gets more calls, not slower ones. */
    @Override
    public double of(Member member, double weight, long now) {
        double estimate = estimate(member, now);
        int calls = member.inFlight();
        double failures = member.failureLoad(now);
        if (Double.isNaN(estimate)) {
            if (calls == 0 && failures < TOO_BAD) return 0;
            estimate = PROBED;
        }
        return estimate * (calls / weight + 1) * (1 + Loads.FAILURE_COST * failures);
    }

    @Override
    public Set<Signal> signals() {
        return signals;
    }

    @Override
    public String toString() {
        return this == PEAK ? "peakEwma()" : "responseTime()";
    }
}
