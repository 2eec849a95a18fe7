package org.lb4j.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.lb4j.Algorithm;
import org.lb4j.Picker;
import org.lb4j.Roster;
import org.lb4j.Selector;
import org.lb4j.Server;
import org.lb4j.ServerPool;
import org.lb4j.algorithm.Algorithms;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What a change of the list costs an algorithm: from a roster to a picker. Not measured: what the pool does around it. Under
 * {@code RAMP} one member's weight differs from compile to compile, as under slow start, so no picker can be kept.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
@SuppressWarnings("NullAway.Init") // JMH sets the parameters and calls the set-up first
public class CompileBenchmark {
    /** What is compiled. */
    public enum Hashing {
        RING(Algorithms.ringHash()),
        KETAMA(Algorithms.ketama()),
        MAGLEV(Algorithms.maglev()),
        RENDEZVOUS(Algorithms.rendezvous()),
        JUMP(Algorithms.jump()),
        MODULO(Algorithms.moduloHash()),
        BOUNDED_MAGLEV(Algorithms.boundedLoad(1.25, Algorithms.maglev()));

        private final Algorithm algorithm;

        Hashing(Algorithm algorithm) {
            this.algorithm = algorithm;
        }

        Algorithm algorithm() {
            return algorithm;
        }
    }

    /** Which weights. */
    public enum Weights {
        EQUAL,
        SKEWED,
        RAMP
    }

    @Param
    public Hashing algorithm;

    @Param({"10", "100", "1000", "10000"})
    public int servers;

    @Param
    public Weights weights;

    private Roster[] rosters;
    private Picker last;
    private int turn;

    @Setup
    public void prepare() {
        List<Server> list = new ArrayList<>();
        for (int i = 0; i < servers; i++) {
            Server.Builder server = Server.builder("10.0." + i / 250 + "." + (i % 250 + 1) + ":8080");
            list.add(server.weight(weights == Weights.SKEWED ? 1 + i % 5 : 1).build());
        }
        ServerPool pool = ServerPool.of(list);
        rosters = new Roster[weights == Weights.RAMP ? 2 : 1];
        for (int i = 0; i < rosters.length; i++) {
            if (i > 0) pool.scale(list.get(0).id(), "ramp", 0.5);
            rosters[i] = roster(pool);
        }
    }

    private static Roster roster(ServerPool pool) {
        AtomicReference<Roster> seen = new AtomicReference<>();
        Selector spy = pool.selector((roster, before) -> {
            seen.set(roster);
            return (context, now) -> roster.member(0);
        });
        if (seen.get() == null) throw new IllegalStateException(spy + " compiled nothing");
        return seen.get();
    }

    @Benchmark
    public Picker compile() {
        if (weights != Weights.RAMP) return algorithm.algorithm().compile(rosters[0], null);
        turn ^= 1;
        last = algorithm.algorithm().compile(rosters[turn], last);
        return last;
    }

    /** Another order, a hold elsewhere, a tag: whoever has a dear table keeps it. */
    @Benchmark
    public Picker compileUnchanged() {
        last = algorithm.algorithm().compile(rosters[0], last);
        return last;
    }
}
