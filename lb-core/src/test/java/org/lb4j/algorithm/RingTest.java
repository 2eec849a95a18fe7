package org.lb4j.algorithm;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class RingTest {
    @Test
    void aKeyGoesToTheNextPointAndPastTheLastOneToTheFirst() {
        Ring ring = Ring.of(new long[] {-5, 10, 20}, new int[] {0, 1, 2});
        assertThat(ring.owner(0)).isEqualTo(1);
        assertThat(ring.owner(10)).isEqualTo(1);
        assertThat(ring.owner(11)).isEqualTo(2);
        assertThat(ring.owner(21)).isZero();
        assertThat(ring.owner(-5)).isZero(); // unsigned, that is nearly the largest number
        assertThat(ring.owner(-4)).isEqualTo(1);
    }

    @Test
    void ofEqualPointsTheFirstGivenOwnsTheKey() {
        Ring ring = Ring.of(new long[] {7, 7, 7, 3}, new int[] {0, 1, 2, 3});
        assertThat(ring.owner(5)).isZero();
        assertThat(ring.ownerAt(1)).isZero();
        assertThat(ring.ownerAt(3)).isEqualTo(2);
    }

    @Test
    void onePointOwnsAll() {
        Ring ring = Ring.of(new long[] {42}, new int[] {0});
        for (long key : new long[] {0, 41, 42, 43, -1, Long.MIN_VALUE})
            assertThat(ring.owner(key)).isZero();
    }

    @Test
    void lookUpsAgreeWithASearchOfTheSortedPoints() {
        for (int seed = 1; seed <= 40; seed++) {
            Random random = new Random(seed);
            long[] points = random.longs(1 + random.nextInt(2000)).toArray();
            if (seed % 4 == 0) for (int i = 0; i < points.length; i++) points[i] >>= 50; // crowded at both ends
            int[] owners = random.ints(points.length, 0, 100).toArray();
            Ring ring = Ring.of(points, owners);

            Integer[] order = new Integer[points.length];
            Arrays.setAll(order, i -> i);
            Arrays.sort(order, (i, j) -> Long.compareUnsigned(points[i], points[j]));
            for (int i = 0; i < order.length; i++) {
                assertThat(ring.pointAt(i)).as("seed %d", seed).isEqualTo(points[order[i]]);
                assertThat(ring.ownerAt(i)).as("seed %d", seed).isEqualTo(owners[order[i]]);
            }
            for (int i = 0; i < 2000; i++) {
                long key =
                        i % 2 == 0 ? random.nextLong() : points[random.nextInt(points.length)] + random.nextInt(3) - 1;
                int expected = 0;
                while (expected < order.length && Long.compareUnsigned(points[order[expected]], key) < 0) expected++;
                assertThat(ring.find(key)).as("seed %d", seed).isEqualTo(expected % order.length);
            }
        }
    }
}
