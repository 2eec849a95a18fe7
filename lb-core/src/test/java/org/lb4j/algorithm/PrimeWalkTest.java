package org.lb4j.algorithm;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sizes next to a prime and sizes with a gap behind them: 24 members stand on 29 places, 114 on 127. */
final class PrimeWalkTest {
    private static final long SEED = 5;
    private static final int WALKS = 200_000;

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 4, 8, 24, 97, 114, 10_000})
    void aWalkMeetsEveryMemberOnce(int size) {
        PrimeWalk walk = new PrimeWalk(size);
        Random random = new Random(SEED);
        for (int round = 0; round < 20; round++) {
            Set<Integer> met = new HashSet<>();
            long at = walk.begin(random.nextLong());
            for (int i = 0; i < size; i++, at = walk.next(at)) met.add(PrimeWalk.place(at));
            assertThat(met).hasSize(size).allMatch(place -> place >= 0 && place < size);
        }
    }

    /** A count may be 6 deviations off: of 114 * 3 one is with a chance below 10^-6. */
    @ParameterizedTest
    @ValueSource(ints = {4, 8, 24, 114})
    void eachMemberIsAsOftenFirstSecondAndThirdAsAnyOther(int size) {
        PrimeWalk walk = new PrimeWalk(size);
        Random random = new Random(SEED);
        int[][] counts = new int[3][size];
        for (int i = 0; i < WALKS; i++) {
            long at = walk.begin(random.nextLong());
            for (int met = 0; met < 3; met++, at = walk.next(at)) counts[met][PrimeWalk.place(at)]++;
        }
        double due = (double) WALKS / size;
        double off = 6 * Math.sqrt(due);
        for (int[] position : counts)
            for (int count : position)
                assertThat((double) count).as("seed %d", SEED).isBetween(due - off, due + off);
    }

    /** A fair coin of 200,000 throws is 6 deviations off with a chance of 2 * 10^-9. */
    @ParameterizedTest
    @ValueSource(ints = {4, 8, 24})
    void whichOfTwoNeighboursComesFirstIsACoin(int size) {
        PrimeWalk walk = new PrimeWalk(size);
        Random random = new Random(SEED);
        int rising = 0;
        for (int i = 0; i < WALKS; i++) {
            long first = walk.begin(random.nextLong());
            if (PrimeWalk.place(first) < PrimeWalk.place(walk.next(first))) rising++;
        }
        double off = 3 * Math.sqrt(WALKS);
        assertThat((double) rising).as("seed %d", SEED).isBetween(WALKS / 2.0 - off, WALKS / 2.0 + off);
    }
}
