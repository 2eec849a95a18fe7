package org.lb4j.bench;

import java.util.concurrent.TimeUnit;
import org.lb4j.Selector;
import org.lb4j.ServerPool;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** What a change of the pool costs. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class ChangeBenchmark {
    /** Which server is out. */
    @State(Scope.Thread)
    public static class Turn {
        private boolean out;
    }

    /**
     * One server's weight changes: shaped, compiled and published.
     *
     * @param pools the pool
     * @param turn half or whole
     * @return whether there was such a server
     */
    @Benchmark
    public boolean publish(Pools pools, Turn turn) {
        turn.out = !turn.out;
        return pools.pool().scale("10.0.0.1:8080", "benchmark", turn.out ? 0.5 : 1);
    }

    /**
     * A new pool and a selector over it. With {@code -prof gc} the bytes divided by the size are what a server costs.
     *
     * @param pools whose servers
     * @return the selector
     */
    @Benchmark
    public Selector build(Pools pools) {
        return ServerPool.of(pools.servers()).selector(pools.contender.algorithm());
    }
}
