package org.lb4j.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.lb4j.SelectionContext;
import org.lb4j.Selector;
import org.lb4j.Server;
import org.lb4j.ServerPool;
import org.lb4j.hash.Xxh64;
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
 * What it costs to follow a key of 16 characters: the pick alone, with a context made before, and with the context made for
 * it, as a caller does. Beside them the floor: the hash of the key and one look-up in an array of 65,536.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
@SuppressWarnings("NullAway.Init") // JMH sets the parameters and calls the set-up first
public class KeyedPickBenchmark {
    private static final int KEYS = 4096;

    @Param({"10", "100", "1000", "10000"})
    public int servers;

    @Param
    public CompileBenchmark.Hashing algorithm;

    private final String[] keys = new String[KEYS];
    private final SelectionContext[] contexts = new SelectionContext[KEYS];
    private final char[] table = new char[1 << 16];
    private Selector selector;
    private int call;

    @Setup
    public void prepare() {
        List<Server> list = new ArrayList<>();
        for (int i = 0; i < servers; i++) list.add(Server.of("10.0." + i / 250 + "." + (i % 250 + 1), 8080));
        selector = ServerPool.of(list).selector(algorithm.algorithm());
        for (int i = 0; i < KEYS; i++) {
            keys[i] = String.format("user-%011d", i);
            contexts[i] = SelectionContext.key(keys[i]);
        }
    }

    @Benchmark
    public Server pick() {
        return selector.next(contexts[call++ & KEYS - 1]);
    }

    @Benchmark
    public Server keyAndPick() {
        return selector.next(SelectionContext.key(keys[call++ & KEYS - 1]));
    }

    @Benchmark
    public char floor() {
        return table[(int) (Xxh64.hash(keys[call++ & KEYS - 1]) >>> 48)];
    }
}
