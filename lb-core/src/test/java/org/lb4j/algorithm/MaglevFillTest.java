package org.lb4j.algorithm;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class MaglevFillTest {
    @Test
    void theTableOfThePaper() {
        double[] equal = {1, 1, 1};
        assertThat(MaglevFill.owners(new int[] {3, 0, 3}, new int[] {4, 2, 1}, equal, 7))
                .containsExactly(1, 0, 1, 0, 2, 2, 0);
        assertThat(MaglevFill.owners(new int[] {3, 3}, new int[] {4, 1}, new double[] {1, 1}, 7))
                .as("without B1")
                .containsExactly(0, 0, 0, 0, 1, 1, 1);
    }

    @Test
    void smallTablesOfThreeServers() {
        int[] offsets = {8, 5, 10}, skips = {9, 10, 1};
        assertThat(MaglevFill.owners(offsets, skips, new double[] {1, 1, 1}, 13))
                .containsExactly(0, 2, 1, 2, 0, 1, 1, 0, 0, 0, 2, 2, 1);
        assertThat(MaglevFill.owners(offsets, skips, new double[] {1, 2, 3}, 13))
                .containsExactly(2, 2, 1, 2, 0, 1, 0, 1, 0, 1, 2, 2, 1);
    }

    @Test
    void waitingForOnesRoundGivesTheTableThatAskingInEveryRoundGives() {
        for (int seed = 1; seed <= 200; seed++) {
            Random random = new Random(seed);
            int size = new int[] {2, 13, 101, 1009, 10_007}[random.nextInt(5)];
            int members = 2 + random.nextInt(60);
            int[] offsets = random.ints(members, 0, size).toArray();
            int[] skips = random.ints(members, 1, size).toArray();
            double[] weights = weights(random, members);
            assertThat(MaglevFill.owners(offsets, skips, weights, size))
                    .as("seed %d", seed)
                    .isEqualTo(plainly(offsets, skips, weights, size));
        }
    }

    private static double[] weights(Random random, int members) {
        double[] weights = new double[members];
        int kind = random.nextInt(3);
        for (int i = 0; i < members; i++)
            weights[i] = switch (kind) {
                case 0 -> 1 + random.nextInt(10);
                case 1 -> Math.exp(10 * random.nextGaussian());
                default -> i == 0 ? 1000 : 1.0 / 3;
            };
        return weights;
    }

    /** The rule as it is written: everybody is asked in every round. */
    private static int[] plainly(int[] offsets, int[] skips, double[] weights, int size) {
        int[] owners = new int[size], next = new int[weights.length];
        Arrays.fill(owners, -1);
        double[] targets = new double[weights.length];
        double heaviest = Arrays.stream(weights).max().orElseThrow();
        int taken = 0;
        for (int round = 1; taken < size; round++)
            for (int i = 0; i < weights.length && taken < size; i++) {
                if (round * weights[i] < targets[i]) continue;
                targets[i] += heaviest;
                int entry;
                do entry = (int) ((offsets[i] + (long) next[i]++ * skips[i]) % size);
                while (owners[entry] >= 0);
                owners[entry] = i;
                taken++;
            }
        return owners;
    }
}
