package org.lb4j.algorithm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class AliasTableTest {
    private static final long SEED = 3;
    private static final int DRAWS = 1_000_000;

    static Stream<double[]> weights() {
        return Stream.of(
                new double[] {1, 2},
                new double[] {5, 1, 1},
                new double[] {1, 1, 1000},
                new double[] {0.1, 0.2, 0.3, 0.4},
                new double[] {1e-3, 1, 1e6},
                random(100, 9),
                random(10_000, 3));
    }

    private static double[] random(int members, int decades) {
        Random random = new Random(SEED);
        return random.doubles(members).map(x -> Math.pow(10, x * decades)).toArray();
    }

    @ParameterizedTest(name = "fleet {index}")
    @MethodSource("weights")
    void sharesAreTheWeightsToWithinOneOfTwoBillion(double[] weights) {
        AliasTable table = new AliasTable(Fleet.rosterOf(weights));
        double sum = Arrays.stream(weights).sum();
        for (int i = 0; i < weights.length; i += 1 + weights.length / 500)
            assertThat(table.share(i))
                    .as("share of weight %s", weights[i])
                    .isEqualTo(weights[i] / sum, within(0x1p-31));
    }

    /** A count of 6 deviations and 9 off has a chance below 10^-8; there are 100 at most. */
    @ParameterizedTest(name = "fleet {index}")
    @MethodSource("weights")
    void drawsFollowTheShares(double[] weights) {
        if (weights.length > 100) return;
        AliasTable table = new AliasTable(Fleet.rosterOf(weights));
        Random random = new Random(SEED);
        int[] counts = new int[weights.length];
        for (int i = 0; i < DRAWS; i++) counts[table.index(random.nextLong())]++;
        for (int i = 0; i < weights.length; i++) {
            double due = table.share(i) * DRAWS;
            assertThat((double) counts[i]).as("seed %d", SEED).isEqualTo(due, within(6 * Math.sqrt(due) + 9));
        }
    }

    @ParameterizedTest(name = "fleet {index}")
    @MethodSource("weights")
    void theFirstAndTheLastBitsAreInRange(double[] weights) {
        AliasTable table = new AliasTable(Fleet.rosterOf(weights));
        for (long bits : new long[] {0, -1, 0xffffffffL, 0xffffffff00000000L, Long.MIN_VALUE, Long.MAX_VALUE})
            assertThat(table.index(bits)).isBetween(0, weights.length - 1);
    }
}
