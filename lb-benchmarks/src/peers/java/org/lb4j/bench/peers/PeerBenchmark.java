package org.lb4j.bench.peers;

import java.util.concurrent.TimeUnit;
import org.lb4j.bench.Keys;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** What a pick of a peer costs: see {@link Peer}. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@State(Scope.Benchmark)
public class PeerBenchmark {
    /** Whose. */
    @Param
    public Peer peer;

    /** Servers to choose from. */
    @Param({"10", "100"})
    public int size;

    private Pick pick;

    /** Makes it. */
    @Setup
    public void setUp() {
        pick = peer.make(size);
    }

    /**
     * A pick.
     *
     * @return the choice
     */
    @Benchmark
    public Object next() {
        return pick.pick("");
    }

    /**
     * A whole call.
     *
     * @return what the call was known by
     */
    @Benchmark
    public Object call() {
        return pick.pick("");
    }

    /**
     * A pick for a key of 16 characters.
     *
     * @param keys the keys
     * @return the choice
     */
    @Benchmark
    public Object nextByKey(Keys keys) {
        return pick.pick(keys.next());
    }
}
