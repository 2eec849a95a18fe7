package org.lb4j.algorithm;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.lb4j.hash.Xxh64;

/** The points of Envoy's ring hash (gRFC A42): {@code XXH64(name_0), XXH64(name_1), ..} for each, by its weight. */
final class RingPoints {
    private static final int DIGITS = 10;

    private RingPoints() {}

    /** How many points each gets: about minSize in all, but the lightest a whole number of them, and at most maxSize. */
    static int[] counts(double[] weights, int minSize, int maxSize) {
        double total = 0, least = Double.MAX_VALUE;
        for (double weight : weights) {
            total += weight;
            least = Math.min(least, weight);
        }
        double leastShare = least / total;
        double scale = Math.min(Math.ceil(leastShare * minSize) / leastShare, maxSize);
        int[] counts = new int[weights.length];
        double target = 0;
        int current = 0; // one total for all, or rounding up would add a point a member
        for (int i = 0; i < counts.length; i++) {
            target += scale * (weights[i] / total);
            while (current < target) {
                current++;
                counts[i]++;
            }
        }
        return counts;
    }

    static Ring ring(String[] names, int[] counts) {
        long[] points = new long[Arrays.stream(counts).sum()];
        int[] owners = new int[points.length];
        int at = 0;
        for (int i = 0; i < names.length; i++) {
            byte[] name = names[i].getBytes(StandardCharsets.UTF_8);
            byte[] text = Arrays.copyOf(name, name.length + 1 + DIGITS);
            text[name.length] = '_';
            for (int j = 0; j < counts[i]; j++, at++) {
                int length = Decimal.append(text, name.length + 1, j);
                points[at] = Xxh64.hash(text, 0, length, 0);
                owners[at] = i;
            }
        }
        return Ring.of(points, owners);
    }
}
