package org.lb4j.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.function.Supplier;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.lb4j.Algorithm;
import org.lb4j.Hold;
import org.lb4j.Lease;
import org.lb4j.Outcome;
import org.lb4j.Selector;
import org.lb4j.algorithm.Algorithms;

/** One server of ten fails in a millisecond where the others take 100: it must not look fast. */
final class FailingFastTest {
    private static final int PER_SECOND = 500;

    static java.util.stream.Stream<Supplier<Algorithm>> algorithms() {
        return java.util.stream.Stream.of(
                Algorithms::adaptive,
                Algorithms::leastConnections,
                Algorithms::powerOfTwo,
                Algorithms::peakEwma,
                Algorithms::leastResponseTime);
    }

    private record Running(Lease lease, long ends, boolean fails) {}

    /** Calls in flight, ended when their time comes. */
    private static final class Load {
        private final World world;
        private final Selector selector;
        private final Random random = new Random(World.SEED);
        private final Map<String, Integer> calls = new HashMap<>();
        private final PriorityQueue<Running> running = new PriorityQueue<>(Comparator.comparingLong(Running::ends));
        private boolean failing;

        Load(World world, Algorithm algorithm) {
            this.world = world;
            this.selector = world.pool.selector(algorithm);
        }

        /** Milliseconds one by one, with a call in every second one on average. */
        void run(int millis) {
            calls.clear();
            for (int i = 0; i < millis; i++) {
                world.seconds(0.001);
                while (!running.isEmpty() && running.peek().ends() <= world.now()) {
                    Running done = running.remove();
                    done.lease().end(done.fails() ? Outcome.FAILURE : Outcome.SUCCESS);
                }
                if (random.nextDouble() < PER_SECOND / 1000.0) begin();
            }
        }

        private void begin() {
            Lease lease = selector.acquire();
            String name = lease.server().host();
            calls.merge(name, 1, Integer::sum);
            boolean fails = failing && name.equals("s0");
            long takes = fails ? 1_000_000 : 80_000_000 + random.nextInt(40_000_000);
            running.add(new Running(lease, world.now() + takes, fails));
        }

        double shareOfS0() {
            return calls.getOrDefault("s0", 0)
                    / (double) calls.values().stream().mapToInt(n -> n).sum();
        }
    }

    @ParameterizedTest
    @MethodSource("algorithms")
    void p9AServerThatFailsFastGetsNoMoreThanItsShareAndNextToNothingOnceEjected(Supplier<Algorithm> algorithm) {
        World world = World.of(10);
        Load load = new Load(world, algorithm.get());
        load.run(5000);
        load.failing = true;
        load.run(1000);
        load.run(1000);
        assertThat(load.shareOfS0()).isLessThan(0.1); // its share, one second after it began to fail; nobody ejects yet
        OutlierDetector detector = OutlierDetector.builder(world.pool)
                .scheduler(world.scheduler)
                .random(new Random(World.SEED))
                .start();
        load.run(20_000);
        List<Double> shares = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            load.run(1000);
            if (world.held("s0", Hold.OUTLIER)) shares.add(load.shareOfS0());
        }
        assertThat(detector.stats().enforced()).isPositive();
        assertThat(shares).isNotEmpty();
        assertThat(shares.stream().mapToDouble(share -> share).average().orElseThrow())
                .isLessThan(0.02);
        detector.close();
    }
}
