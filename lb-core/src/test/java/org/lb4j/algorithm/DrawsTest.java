package org.lb4j.algorithm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class DrawsTest {
    private static final long SEED = 5;
    private static final int DRAWS = 200_000;

    private final Random random = new Random(SEED);

    /** Up to 64 members; each once. */
    @ParameterizedTest
    @ValueSource(ints = {2, 3, 8, 24, 63, 64})
    void asManyDrawsAsThereAreMembersMeetEachOnce(int members) {
        double[] uneven = Fleet.ones(members);
        uneven[0] = 1000;
        for (double[] weights : new double[][] {Fleet.ones(members), uneven}) {
            Draws draws = new Draws(Fleet.rosterOf(weights));
            for (int round = 0; round < 50; round++) {
                long seen = 0;
                for (int i = 0; i < members; i++) {
                    int drawn = draws.next(random.nextLong(), seen);
                    assertThat(seen & 1L << drawn).isZero();
                    seen |= 1L << drawn;
                }
                assertThat(Long.bitCount(seen)).isEqualTo(members);
            }
        }
    }

    @Test
    void whenTheMaskIsFullAnyMemberWillDo() {
        Draws draws = new Draws(Fleet.rosterOf(Fleet.ones(200)));
        for (int i = 0; i < 1000; i++)
            assertThat(draws.next(random.nextLong(), -1)).isBetween(0, 199);
    }

    /** A count may be 6 deviations off: of 114 * 3 one is with a chance below 10^-6. */
    @ParameterizedTest
    @ValueSource(ints = {4, 8, 24, 114})
    void eachMemberIsAsOftenFirstSecondAndThirdAsAnyOther(int members) {
        Draws draws = new Draws(Fleet.rosterOf(Fleet.ones(members)));
        int[][] counts = new int[3][members];
        for (int i = 0; i < DRAWS; i++) {
            long bits = random.nextLong();
            long seen = 0;
            for (int[] position : counts) {
                int drawn = draws.next(bits, seen);
                bits = Range.more(bits);
                seen |= 1L << drawn;
                position[drawn]++;
            }
        }
        double due = (double) DRAWS / members;
        for (int[] position : counts)
            for (int count : position)
                assertThat((double) count).as("seed %d", SEED).isEqualTo(due, within(6 * Math.sqrt(due)));
    }

    /** The heavy one is drawn first nearly always, and draws that hit it again are by weight among the others. */
    @Test
    void whoeverIsDrawnSecondIsDrawnByWeightAmongTheOthers() {
        double[] weights = {1000, 1, 2, 3, 4};
        Draws draws = new Draws(Fleet.rosterOf(weights));
        int[] counts = new int[5];
        for (int i = 0; i < DRAWS; i++) counts[draws.next(random.nextLong(), 1)]++;
        assertThat(counts[0]).isZero();
        for (int i = 1; i < 5; i++) {
            double share = weights[i] / 10;
            double off = 6 * Math.sqrt(DRAWS * share * (1 - share));
            assertThat((double) counts[i]).as("seed %d", SEED).isEqualTo(DRAWS * share, within(off));
        }
    }
}
