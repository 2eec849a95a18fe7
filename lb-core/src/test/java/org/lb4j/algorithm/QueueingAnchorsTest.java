package org.lb4j.algorithm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.lb4j.Algorithm;
import org.lb4j.load.Loads;
import org.lb4j.testing.Servers;

/**
 * What queueing theory says: Poisson arrivals at one client, exponential service of mean 1, one slot a server; the mean time
 * in system. Powers of d as for infinitely many servers. Seeded; a bound of 4 % is about three deviations of 100,000 calls.
 */
final class QueueingAnchorsTest {
    private static final int CALLS = 100_000;

    @ParameterizedTest(name = "load {0}")
    @CsvSource({"0.5, 2", "0.7, 3.3333"})
    void randomIsManySingleQueues(double load, double mean) {
        assertThat(meanTime(Algorithms.random(), 100, load)).isEqualTo(mean, within(0.04 * mean));
    }

    /** Its times are exponential, so each percentile is a logarithm. */
    @Test
    void randomHasThePercentilesOfOneQueue() {
        Traffic.Phase phase = calls(Algorithms.random(), 100, 0.5);
        assertThat(phase.nanos(0.5) / 1e9).isEqualTo(Math.log(2) / 0.5, within(0.05));
        assertThat(phase.nanos(0.9) / 1e9).isEqualTo(Math.log(10) / 0.5, within(0.15));
        assertThat(phase.nanos(0.99) / 1e9).isEqualTo(Math.log(100) / 0.5, within(0.5));
        assertThat(phase.nanos(0.999) / 1e9).isEqualTo(Math.log(1000) / 0.5, within(1.5));
    }

    @ParameterizedTest(name = "{0} servers, load {1}")
    @CsvSource({"100, 0.5, 1.2619", "100, 0.7, 1.8905", "100, 0.9, 5.2268", "2, 0.5, 1.6180", "2, 0.7, 2.6006"})
    void inTurnIsAQueueWithRegularArrivals(int servers, double load, double mean) {
        assertThat(meanTime(Algorithms.roundRobin(), servers, load)).isEqualTo(mean, within(0.04 * mean));
    }

    @ParameterizedTest(name = "{0} of 200, load {1}")
    @CsvSource({
        "2, 0.5, 1.2657", "2, 0.7, 1.6145", "2, 0.9, 2.6141",
        "3, 0.5, 1.1252", "3, 0.7, 1.3568", "3, 0.9, 2.0279",
        "5, 0.5, 1.0313", "5, 0.7, 1.1681", "5, 0.9, 1.6329"
    })
    void theLeastOfAFewIsMuchBetterThanOne(int d, double load, double mean) {
        assertThat(meanTime(Algorithms.powerOf(d, Loads.inFlight()), 200, load)).isEqualTo(mean, within(0.04 * mean));
    }

    /** The limit is one queue that all servers share; measured 1.0009, 1.0009 and 1.067. */
    @ParameterizedTest(name = "load {0}")
    @CsvSource({"0.5, 1.0000, 1.0313", "0.7, 1.0000, 1.1681", "0.9, 1.0217, 1.6329"})
    void theLeastOfAllIsBetweenOneSharedQueueAndTheLeastOfFive(double load, double shared, double five) {
        assertThat(meanTime(Algorithms.leastConnections(), 100, load)).isBetween(0.99 * shared, five);
    }

    private static double meanTime(Algorithm algorithm, int servers, double load) {
        return calls(algorithm, servers, load).meanNanos() / 1e9;
    }

    private static Traffic.Phase calls(Algorithm algorithm, int servers, double load) {
        int[] weights = new int[servers];
        Arrays.fill(weights, 1);
        Clients client = new Clients(1, algorithm, Servers.weighing(weights), new Queues(server -> 1, 1e9, 5));
        client.calls(load * servers, CALLS / 4);
        return client.calls(load * servers, CALLS);
    }
}
