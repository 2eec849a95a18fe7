package org.lb4j.bench;

import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.lb4j.Server;
import org.lb4j.hash.HashFunction;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** The least that could do the job: see {@link Floor}. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@State(Scope.Benchmark)
@SuppressWarnings("NullAway.Init") // JMH calls setUp first
public class FloorBenchmark {
    /** Servers to choose from. */
    @Param("10")
    public int size;

    private Server[] servers;
    private Entry[] entries;
    private final AtomicInteger shared = new AtomicInteger();

    /** A server with a counter, each in cache lines of its own as far as the heap puts them there. */
    private static final class Entry {
        final Server server;
        volatile int load;

        Entry(Server server, int load) {
            this.server = server;
            this.load = load;
        }
    }

    /** A counter that only its thread knows. */
    @State(Scope.Thread)
    public static class Own {
        private final AtomicInteger counter = new AtomicInteger();
    }

    /** Makes the servers. */
    @Setup
    public void setUp() {
        servers = Servers.equal(size).toArray(new Server[0]);
        entries = new Entry[size];
        for (int i = 0; i < size; i++) entries[i] = new Entry(servers[i], i % 3);
    }

    /**
     * {@link Floor#RANDOM_INDEX}.
     *
     * @return a server
     */
    @Benchmark
    public Server randomIndex() {
        return servers[ThreadLocalRandom.current().nextInt(servers.length)];
    }

    /**
     * {@link Floor#SHARED_COUNTER}.
     *
     * @return a server
     */
    @Benchmark
    public Server sharedCounter() {
        return servers[(shared.getAndIncrement() & Integer.MAX_VALUE) % servers.length];
    }

    /**
     * {@link Floor#TWO_READS}.
     *
     * @return a server
     */
    @Benchmark
    public Server twoReads() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        int a = random.nextInt(entries.length);
        int b = random.nextInt(entries.length - 1);
        if (b >= a) b++;
        return entries[b].load < entries[a].load ? entries[b].server : entries[a].server;
    }

    /**
     * {@link Floor#UP_AND_DOWN}.
     *
     * @param own this thread's
     * @return the count
     */
    @Benchmark
    public int upAndDown(Own own) {
        own.counter.getAndIncrement();
        return own.counter.getAndDecrement();
    }

    /**
     * {@link Floor#CLOCK}.
     *
     * @return the time
     */
    @Benchmark
    public long clock() {
        return System.nanoTime();
    }

    /**
     * {@link Floor#HASH_LOOKUP}.
     *
     * @param keys of this thread
     * @return a server
     */
    @Benchmark
    public Server hashLookup(Keys keys) {
        long hash = HashFunction.XXH64.hash(keys.next());
        return servers[(int) Long.remainderUnsigned(hash, servers.length)];
    }
}
