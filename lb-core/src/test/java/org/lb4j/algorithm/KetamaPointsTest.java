package org.lb4j.algorithm;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

final class KetamaPointsTest {
    private static final String[] THREE = {"10.0.0.1:11211", "10.0.0.2:11211", "10.0.0.3:11211"};

    @Test
    void pointsAreLibketamas() {
        String[] names = {"127.0.0.1:11211", "127.0.0.1:11212"};
        int[] digests = KetamaPoints.digests(new double[] {600, 400});
        assertThat(digests).containsExactly(48, 32);
        Ring ring = KetamaPoints.ring(names, digests);
        assertThat(ring.size()).isEqualTo(320);
        int at = ring.find(3446378249L << 32); // "test"
        assertThat(point(ring, at)).isEqualTo("3454255383 of 0");
    }

    @Test
    void equalWeightsMakeFortyDigestsEachOfFourPoints() {
        Ring ring = KetamaPoints.ring(THREE, KetamaPoints.digests(new double[] {1, 1, 1}));
        assertThat(ring.size()).isEqualTo(480);
        assertThat(point(ring, 0)).isEqualTo("7234733 of 1");
        assertThat(point(ring, 1)).isEqualTo("12697329 of 1");
        assertThat(point(ring, 2)).isEqualTo("24500654 of 2");
    }

    @Test
    void keysGoWhereMemcachedClientsSendThem() {
        Ring ring = KetamaPoints.ring(THREE, KetamaPoints.digests(new double[] {1, 1, 1}));
        assertThat(ring.owner(3446378249L << 32)).as("test").isEqualTo(2);
        assertThat(ring.owner(3001189475L << 32)).as("alice").isEqualTo(2);
        assertThat(ring.owner(3159465375L << 32)).as("bob").isEqualTo(1);
        assertThat(ring.owner(1143844861L << 32)).as("cart-7").isZero();
    }

    @Test
    void weightsMakePointsInProportion() {
        assertThat(KetamaPoints.digests(new double[] {1, 2, 3})).containsExactly(20, 40, 60);
    }

    /** All in float gives 39 at 25, 47, 50 and 100; all in double at 7, 14 and 28. */
    @Test
    void roundingIsLibketamas() {
        for (int n = 2; n <= 128; n++)
            assertThat(KetamaPoints.digests(equal(n))[0]).as("of %d", n).isEqualTo(n == 61 || n == 122 ? 39 : 40);
        assertThat(KetamaPoints.digests(equal(237))[0]).isEqualTo(39);
    }

    @Test
    void aVeryLightMemberHasNoPointAsInLibketama() {
        assertThat(KetamaPoints.digests(new double[] {1, 1000})).containsExactly(0, 79);
    }

    private static double[] equal(int n) {
        double[] weights = new double[n];
        Arrays.fill(weights, 1);
        return weights;
    }

    private static String point(Ring ring, int at) {
        return (ring.pointAt(at) >>> 32) + " of " + ring.ownerAt(at);
    }
}
