package org.lb4j.algorithm;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

final class RingPointsTest {
    private static final String[] THREE = {"10.0.0.1:8080", "10.0.0.2:8080", "10.0.0.3:8080"};

    /** From Envoy's own test of its ring. */
    @Test
    void pointsAreEnvoys() {
        String[] names = {"127.0.0.1:80", "127.0.0.1:81"};
        assertThat(points(names, 3, 1, 1))
                .containsExactly(
                        "5454692015285649509 of 0",
                        "7859399908942313493 of 1",
                        "13838424394637650569 of 0",
                        "16064866803292627174 of 1");
    }

    @Test
    void equalWeightsMakeAsManyPointsEach() {
        assertThat(points(THREE, 6, 1, 1, 1))
                .containsExactly(
                        "478800714317889831 of 1",
                        "2567785056460330147 of 0",
                        "4062465251142829806 of 2",
                        "14884981783557475022 of 1",
                        "15080023225596850627 of 2",
                        "16621891374891883164 of 0");
    }

    @Test
    void weightsMakePointsInProportion() {
        assertThat(points(THREE, 6, 1, 2, 3))
                .containsExactly(
                        "478800714317889831 of 1",
                        "2567785056460330147 of 0",
                        "4062465251142829806 of 2",
                        "14884981783557475022 of 1",
                        "15080023225596850627 of 2",
                        "15316447568244380427 of 2");
        assertThat(RingPoints.counts(new double[] {1, 2, 3}, 1024, 65_536)).containsExactly(171, 342, 513);
    }

    @Test
    void oneLightMemberBlowsTheRingUpAndTheCapEndsThat() {
        assertThat(Arrays.stream(RingPoints.counts(new double[] {1, 1, 1000}, 1024, 65_536))
                        .sum())
                .isEqualTo(2005); // 1 and 1 and 1000, twice, and one for rounding
        assertThat(Arrays.stream(RingPoints.counts(new double[] {1, 1_000_000}, 1024, 65_536))
                        .sum())
                .isEqualTo(65_536);
    }

    @Test
    void anEmptyShareOfACappedRingHasNoPoint() {
        double[] weights = {1, 1, 1_000_000, 1};
        assertThat(RingPoints.counts(weights, 1024, 4096)).containsExactly(1, 0, 4095, 0);
    }

    private static String[] points(String[] names, int minSize, double... weights) {
        Ring ring = RingPoints.ring(names, RingPoints.counts(weights, minSize, 65_536));
        String[] points = new String[ring.size()];
        for (int i = 0; i < points.length; i++)
            points[i] = Long.toUnsignedString(ring.pointAt(i)) + " of " + ring.ownerAt(i);
        return points;
    }
}
