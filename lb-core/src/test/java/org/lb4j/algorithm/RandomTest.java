package org.lb4j.algorithm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lb4j.Selector;
import org.lb4j.ServerPool;
import org.lb4j.testing.Pools;

final class RandomTest {
    private static final int DRAWS = 1_000_000;

    /** Chi-square of a million draws, nine degrees of freedom: above 47 with a chance of 4 * 10^-7. */
    @Test
    void equalWeightsAreDrawnEqually() {
        assertThat(chiSquare(1, 1, 1, 1, 1, 1, 1, 1, 1, 1)).isLessThan(47);
    }

    /** The same, far from equal. */
    @Test
    void weightsAreDrawnInProportion() {
        assertThat(chiSquare(1, 2, 3, 5, 8, 13, 21, 34, 55, 1000)).isLessThan(47);
    }

    /** The number of runs of 200,000 throws of a coin has deviation 224: 6 of them are off with a chance of 2 * 10^-9. */
    @ParameterizedTest
    @ValueSource(strings = {"a b", "a*3 b*2 c"})
    void noPickTellsTheNext(String members) {
        ServerPool pool = Pools.of(members.split(" "));
        Selector selector = pool.selector(Algorithms.random());
        int draws = 200_000;
        int runs = 1;
        boolean before = false;
        for (int i = 0; i < draws; i++) {
            boolean now = selector.next().id().equals("a"); // its share is one half
            if (i > 0 && now != before) runs++;
            before = now;
        }
        assertThat((double) runs).as("seed %d", Pools.SEED).isEqualTo(draws / 2.0, within(6 * Math.sqrt(draws) / 2));
    }

    /** Only the first weight differs: who looks at the first alone, or at any two, takes the rest for equal. */
    @Test
    void oneWeightThatDiffersCounts() {
        Picks.of(Pools.of("a", "b", "c*2"), Algorithms.random(), 100_000).fit(1, 1, 2);
        Picks.of(Pools.of("a*2", "b", "c"), Algorithms.random(), 100_000).fit(2, 1, 1);
    }

    private static double chiSquare(int... weights) {
        ServerPool pool = Fleet.weighing(weights);
        int[] counts = Picks.of(pool, Algorithms.random(), DRAWS).counts();
        double sum = 0;
        for (int weight : weights) sum += weight;
        double chiSquare = 0;
        for (int i = 0; i < weights.length; i++) {
            double due = DRAWS * weights[i] / sum;
            chiSquare += (counts[i] - due) * (counts[i] - due) / due;
        }
        return chiSquare;
    }
}
