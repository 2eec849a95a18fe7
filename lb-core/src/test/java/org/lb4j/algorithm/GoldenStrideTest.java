package org.lb4j.algorithm;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class GoldenStrideTest {
    @Test
    void aCycleHoldsEachMemberAsOftenAsItsWeight() {
        long[][] fleets = {{1, 1, 1000}, {1, 1, 1_000_000}, {3, 7}, rising(128), random(1000, 1000, 4)};
        for (long[] weights : fleets) {
            GoldenStride walk = GoldenStride.ofIntegral(weights);
            assertThat(counts(walk, weights.length, walk.slots() / 3, walk.slots()))
                    .isEqualTo(weights);
        }
    }

    @Test
    void waitsBetweenTwoTurnsOfAMemberTakeAtMostThreeValues() {
        long[] weights = {5, 92, 1000, 4000, 17, 311};
        GoldenStride walk = GoldenStride.ofIntegral(weights);
        for (int member = 0; member < weights.length; member++) {
            TreeSet<Long> waits = new TreeSet<>();
            long last = -1;
            long slot = 0;
            for (long t = 0; t < 2 * walk.slots(); t++, slot = step(walk, slot)) {
                if (walk.owner(slot) != member) continue;
                if (last >= 0) waits.add(t - last);
                last = t;
            }
            assertThat(waits)
                    .as("waits of the member of weight %d", weights[member])
                    .hasSizeBetween(1, 3);
        }
    }

    @Test
    void noWindowIsOffByMoreThanOneAndAHalfWithOneHeavyMember() {
        assertThat(worstWindow(new double[] {1, 1, 1000}, GoldenStride.ofIntegral(new long[] {1, 1, 1000}), 3006))
                .isLessThanOrEqualTo(1.5);
    }

    /** Sixteen is what is asked; the stride that is just nearest to the golden section was 137 off. */
    @ParameterizedTest
    @ValueSource(ints = {3, 10, 30, 100, 300, 1000, 10_000})
    void noWindowOfACycleIsOffByMoreThanSix(int members) {
        for (long seed = 0; seed < 2; seed++) {
            long[] weights = random(members, 1000, seed);
            GoldenStride walk = GoldenStride.ofIntegral(weights);
            double[] real = Arrays.stream(weights).asDoubleStream().toArray();
            assertThat(worstWindow(real, walk, walk.slots()))
                    .as("seed %d", seed)
                    .isLessThanOrEqualTo(6);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 30, 1000})
    void noWindowOfRealWeightsOverFourDecadesIsOffByMoreThanSixteen(int members) {
        for (long seed = 0; seed < 2; seed++) {
            Random random = new Random(seed);
            double[] weights = new double[members];
            for (int i = 0; i < members; i++) weights[i] = Math.pow(10, 4 * random.nextDouble());
            assertThat(worstWindow(weights, GoldenStride.ofReal(weights), 1_000_000))
                    .as("seed %d", seed)
                    .isLessThanOrEqualTo(16);
        }
    }

    @Test
    void theGuideLeadsToTheOwnerOfEverySlot() {
        for (long[] weights : new long[][] {{1, 1, 1000}, {1000, 1, 1}, {1, 1000, 1}, rising(40), random(300, 7, 4)}) {
            GoldenStride walk = GoldenStride.ofIntegral(weights);
            long slot = 0;
            for (int owner = 0; owner < weights.length; owner++)
                for (long own = 0; own < weights[owner]; own++)
                    assertThat(walk.owner(slot++)).isEqualTo(owner);
        }
    }

    @Test
    void theSmallestOfRealWeightsHasASlotOfItsOwn() {
        GoldenStride walk = GoldenStride.ofReal(new double[] {1, 1e-15, 1e6});
        assertThat(walk.owner(walk.slots() - 1)).isEqualTo(2);
        long firstOfLast = 0;
        while (walk.owner(firstOfLast) < 1) firstOfLast++;
        assertThat(walk.owner(firstOfLast)).isEqualTo(1);
        assertThat(walk.owner(firstOfLast + 1)).isEqualTo(2);
    }

    private static long step(GoldenStride walk, long slot) {
        return (slot + walk.stride()) % walk.slots();
    }

    private static long[] counts(GoldenStride walk, int members, long start, long picks) {
        long[] counts = new long[members];
        long slot = start;
        for (long t = 0; t < picks; t++, slot = step(walk, slot)) counts[walk.owner(slot)]++;
        return counts;
    }

    /**
     * The most that a member's picks in any window differ from its share of them: the span between the highest and the
     * lowest lead over its share that it ever has, and those stand just after and just before one of its picks.
     */
    private static double worstWindow(double[] weights, GoldenStride walk, long picks) {
        double sum = Arrays.stream(weights).sum();
        int n = weights.length;
        long[] counts = new long[n];
        double[] highest = new double[n];
        double[] lowest = new double[n];
        double worst = 0;
        long slot = walk.slots() / 7;
        for (long t = 0; t < picks; t++, slot = step(walk, slot)) {
            int i = walk.owner(slot);
            double share = weights[i] / sum;
            lowest[i] = Math.min(lowest[i], counts[i] - t * share);
            counts[i]++;
            highest[i] = Math.max(highest[i], counts[i] - (t + 1) * share);
            worst = Math.max(worst, highest[i] - lowest[i]);
        }
        return worst;
    }

    private static long[] rising(int members) {
        long[] weights = new long[members];
        for (int i = 0; i < members; i++) weights[i] = i + 1L;
        return weights;
    }

    private static long[] random(int members, int most, long seed) {
        Random random = new Random(seed);
        long[] weights = new long[members];
        for (int i = 0; i < members; i++) weights[i] = 1L + random.nextInt(most);
        return weights;
    }
}
