package org.lb4j.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.lb4j.CallObserver;
import org.lb4j.Outcome;
import org.lb4j.Selector;
import org.lb4j.Server;
import org.lb4j.ServerPool;
import org.lb4j.algorithm.Algorithms;
import org.lb4j.health.HealthChecker;
import org.lb4j.health.OutlierDetector;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What it costs to record the result of a call: a call with a detector less a call without one, beside one atomic increment.
 * And what a sweep over all servers costs, once a second.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
@SuppressWarnings("NullAway.Init") // JMH sets the parameters and calls setUp first
public class HealthBenchmark {
    /** Calls of a pool of ten, watched or not. */
    @State(Scope.Benchmark)
    public static class Calls {
        /** Who watches: nobody, a detector, or a detector and a checker that suppresses probes. */
        @Param({"nobody", "detector", "both"})
        public String watching;

        private ServerPool pool;
        private Selector selector;
        private OutlierDetector detector;
        private HealthChecker checker;

        /** Begins. */
        @Setup(Level.Trial)
        public void setUp() {
            pool = ServerPool.of(servers(10));
            selector = pool.selector(Algorithms.roundRobin());
            // An observer that does nothing, so that the clock is read at the end of every call alike.
            CallObserver nothing = (start, answered, now, outcome) -> {};
            pool.onCall(server -> nothing);
            if (!watching.equals("nobody")) detector = OutlierDetector.start(pool);
            if (watching.equals("both"))
                checker =
                        HealthChecker.start(pool, (server, timeout) -> new java.util.concurrent.CompletableFuture<>());
        }

        /** Ends. */
        @TearDown(Level.Trial)
        public void tearDown() {
            if (checker != null) checker.close();
            if (detector != null) detector.close();
            pool.close();
        }
    }

    /** Ten thousand servers with 200 calls each in their windows, of which 1 % failed, and a scheduler that is told when. */
    @State(Scope.Benchmark)
    public static class Fleet {
        private final AtomicLong now = new AtomicLong(1); // of the pool
        private final Steps steps = new Steps();
        private OutlierDetector detector;
        private ServerPool pool;
        private Selector selector;
        private int calls;

        /** Begins. */
        @Setup(Level.Trial)
        public void setUp() {
            pool = ServerPool.builder()
                    .ticker(now::get)
                    .servers(servers(10_000))
                    .build();
            detector = OutlierDetector.builder(pool).scheduler(steps).start();
            selector = pool.selector(Algorithms.roundRobin());
            steps.run();
        }

        /** A second of calls. */
        @Setup(Level.Invocation)
        public void second() {
            now.addAndGet(1_000_000_000L);
            // 101 and the servers have no common divisor, so that each server fails in its turn
            for (int i = 0; i < 200_000; i++)
                selector.acquire().end(calls++ % 101 == 0 ? Outcome.FAILURE : Outcome.SUCCESS);
        }

        /** Ends. */
        @TearDown(Level.Trial)
        public void tearDown() {
            detector.close();
            pool.close();
            steps.shutdownNow();
        }
    }

    /** A scheduler that runs what was handed over when it is told to, whatever its time. */
    private static final class Steps extends ScheduledThreadPoolExecutor {
        private final List<Runnable> tasks = new ArrayList<>();

        Steps() {
            super(1);
        }

        @Override
        public void execute(Runnable task) {
            tasks.add(task);
        }

        @Override
        public ScheduledFuture<?> schedule(Runnable task, long delay, TimeUnit unit) {
            tasks.add(task);
            return super.schedule(() -> {}, 1, TimeUnit.DAYS);
        }

        void run() {
            List<Runnable> due = List.copyOf(tasks);
            tasks.clear();
            due.forEach(Runnable::run);
        }
    }

    private final AtomicLong counter = new AtomicLong();

    private static List<Server> servers(int count) {
        List<Server> servers = new ArrayList<>();
        for (int i = 0; i < count; i++) servers.add(Server.of("s" + i, 80));
        return servers;
    }

    /** The yardstick. */
    @Benchmark
    public long atomicIncrement() {
        return counter.incrementAndGet();
    }

    /** One call, ended well. */
    @Benchmark
    public void call(Calls calls) {
        calls.selector.acquire().success();
    }

    /** One sweep over 10,000 servers. */
    @Benchmark
    @OutputTimeUnit(TimeUnit.MICROSECONDS)
    public int sweepOverTenThousand(Fleet fleet) {
        fleet.steps.run();
        return fleet.detector.stats().out();
    }
}
