package org.lb4j.algorithm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.lb4j.Algorithm;
import org.lb4j.Outcome;
import org.lb4j.Selector;
import org.lb4j.ServerPool;
import org.lb4j.algorithm.Traffic.Reply;
import org.lb4j.load.Loads;
import org.lb4j.testing.ManualTicker;

/** Experiments that others have published, with their figures. Seeded. */
final class PublishedExperimentsTest {
    private final ManualTicker ticker = new ManualTicker();

    static Stream<Arguments> tower() {
        return Stream.of(
                Arguments.of(Algorithms.peakEwma(), 15, new double[] {5, 56, 78, 96, 105}),
                Arguments.of(Algorithms.powerOfTwo(), 18, new double[] {5, 57, 80, 98, 857}),
                Arguments.of(Algorithms.roundRobin(), 72, new double[] {9, 98, 496, 906, 988}));
    }

    /** Fifty always in flight, ten servers whose latencies are uniform up to 1, 10 (four), 100 (four) and 1000 ms. */
    @ParameterizedTest(name = "{0}: {1} s")
    @MethodSource("tower")
    void towersClosedLoopTakesAsLong(Algorithm algorithm, double seconds, double[] percentiles) {
        int[] most = {1, 10, 10, 10, 10, 100, 100, 100, 100, 1000};
        SplittableRandom random = new SplittableRandom(1);
        ServerPool pool = Fleet.weighing(ticker, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1);
        Traffic traffic = new Traffic(pool, ticker, (server, now) -> {
            double millis = random.nextDouble() * most[server.id().charAt(1) - '0'];
            return new Reply((long) (millis * 1e6), Outcome.SUCCESS);
        });
        Traffic.Phase phase = traffic.closed(pool.selector(algorithm), 50, 50_000);
        traffic.endAll();
        assertThat((ticker.nanos() - ManualTicker.START) / 1e9).isEqualTo(seconds, within(0.1 * seconds));
        double[] parts = {0.5, 0.9, 0.95, 0.99, 0.999};
        for (int i = 0; i < parts.length; i++)
            assertThat(phase.nanos(parts[i]) / 1e6)
                    .as("percentile %s", 100 * parts[i])
                    .isEqualTo(percentiles[i], within(0.05 * percentiles[i] + 1));
    }

    /** brpc: of four servers two are 5 ms slower. A sixth of the pairs are both slow; of all four none is taken. */
    @Test
    void ofTwoOfFourTheSlowPairIsASixthAndOfFourItIsNever() {
        double[] slow = new double[5];
        for (int d : new int[] {2, 4}) {
            ServerPool pool = Fleet.weighing(ticker, 1, 1, 1, 1);
            Traffic traffic = new Traffic(
                    pool,
                    ticker,
                    (server, now) -> new Reply(server.id().compareTo("s2") < 0 ? 300_000 : 5_300_000, Outcome.SUCCESS));
            Selector selector = pool.selector(Algorithms.powerOf(d, Loads.peakEwma()));
            traffic.closed(selector, 1, 100);
            Traffic.Phase phase = traffic.closed(selector, 1, 30_000);
            slow[d] = phase.share("s2") + phase.share("s3");
        }
        assertThat(slow[2]).isEqualTo(1.0 / 6, within(0.013)); // 6 deviations
        assertThat(slow[4]).isLessThan(0.001);
    }

    static Stream<Arguments> linkerd() {
        return Stream.of(
                Arguments.of(Algorithms.roundRobin(), 0.9540, 0.9550),
                Arguments.of(
                        Algorithms.leastConnections(), 0.9900, 1.0), // published .990 to .996: failures cost more here
                Arguments.of(Algorithms.powerOfTwo(), 0.9900, 1.0),
                Arguments.of(Algorithms.peakEwma(), 0.9990, 1.0),
                Arguments.of(Algorithms.leastResponseTime(), 0.9990, 1.0),
                Arguments.of(Algorithms.adaptive(), 0.9975, 1.0)); // 0.9983 measured
    }

    /** 11 servers N(167, 5) ms, 1000 calls a second for a minute; one takes 2 s from 15 to 45 s, and calls wait for 1 s. */
    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("linkerd")
    void linkerdsSuccessRateWithOneSlowServer(Algorithm algorithm, double least, double most) {
        ServerPool pool = Fleet.weighing(ticker, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1);
        Random random = new Random(1);
        Traffic traffic = new Traffic(pool, ticker, (server, now) -> {
            double second = (now - ManualTicker.START) / 1e9;
            boolean slow = server.id().equals("s0") && second >= 15 && second < 45;
            return slow
                    ? new Reply(1_000_000_000, Outcome.TIMEOUT)
                    : new Reply((long) ((167 + 5 * random.nextGaussian()) * 1e6), Outcome.SUCCESS);
        });
        Traffic.Phase minute = traffic.open(pool.selector(algorithm), Duration.ofMillis(1), 60_000);
        traffic.endAll();
        assertThat(1 - minute.errorShare()).isBetween(least, most);
    }
}
