package org.lb4j.bench;

import java.util.concurrent.TimeUnit;
import org.lb4j.Lease;
import org.lb4j.SelectionContext;
import org.lb4j.Server;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;

/** What a pick costs. Threads are chosen on the command line: {@code jmh PickBenchmark -t 2 -prof gc}. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class PickBenchmark {
    /**
     * The bare server.
     *
     * @param pools the pool
     * @return the choice
     */
    @Benchmark
    public Server next(Pools pools) {
        return pools.selector().next();
    }

    /**
     * The bare server for a key of 16 characters, which is hashed here.
     *
     * @param pools the pool
     * @param keys the keys
     * @return the choice
     */
    @Benchmark
    public Server nextByKey(Pools pools, Keys keys) {
        return pools.selector().next(SelectionContext.key(keys.next()));
    }

    /**
     * The bare server for a key that was hashed before.
     *
     * @param pools the pool
     * @param contexts with the keys
     * @return the choice
     */
    @Benchmark
    public Server nextByContext(Pools pools, Contexts contexts) {
        return pools.selector().next(contexts.next());
    }

    /**
     * A whole call: the pick, counted, and its end.
     *
     * @param pools the pool
     * @return the lease
     */
    @Benchmark
    public Lease call(Pools pools) {
        Lease lease = pools.selector().acquire();
        lease.success();
        return lease;
    }
}
