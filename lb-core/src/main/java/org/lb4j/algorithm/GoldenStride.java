package org.lb4j.algorithm;

import java.util.Arrays;

/**
 * Weighted round robin for cycles too long to write down: a walk around all slots in strides of the golden section, where
 * each member owns as many neighbouring slots as its weight.
 *
 * <p>The stride shares no divisor with the number of slots, so each slot comes once a cycle and counts are exact; the golden
 * section spreads the visits to any run of slots as evenly as a fixed stride can.
 */
final class GoldenStride {
    private static final double GOLDEN = 0.6180339887498949;
    private static final long REAL_SLOTS = 1L << 31;

    private final long[] ends; // of each member's slots, exclusive
    private final long slots;
    private final long stride;
    /** For each equal part of the slots, a member at or before the owner of its first slot: one step or two to the owner. */
    private final int[] guide;

    private final double partsPerSlot;

    private GoldenStride(long[] owned) {
        int n = owned.length;
        ends = new long[n];
        long sum = 0;
        for (int i = 0; i < n; i++) ends[i] = sum += owned[i];
        slots = sum;
        stride = coprimeNear((long) (GOLDEN * sum), sum);
        guide = new int[2 * n];
        partsPerSlot = guide.length / (double) slots;
        int owner = 0;
        for (int part = 0; part < guide.length; part++) {
            // One slot early, so that the rounding of the part's number can not lead past the owner.
            long first = (long) (part / partsPerSlot) - 1;
            while (ends[owner] <= first) owner++;
            guide[part] = owner;
        }
    }

    /** Integral weights: exact over a cycle. */
    static GoldenStride ofIntegral(long[] weights) {
        return new GoldenStride(weights);
    }

    /** Real weights, to within one slot of about 2^31. */
    static GoldenStride ofReal(double[] weights) {
        double sum = Arrays.stream(weights).sum();
        long[] owned = new long[weights.length];
        for (int i = 0; i < owned.length; i++) owned[i] = Math.max(1, Math.round(weights[i] / sum * REAL_SLOTS));
        return new GoldenStride(owned);
    }

    private static long coprimeNear(long wanted, long slots) {
        for (long off = 0; ; off++) {
            if (wanted + off < slots && gcd(wanted + off, slots) == 1) return wanted + off;
            if (wanted - off > 0 && gcd(wanted - off, slots) == 1) return wanted - off;
        }
    }

    static long gcd(long a, long b) {
        return b == 0 ? a : gcd(b, a % b);
    }

    long slots() {
        return slots;
    }

    long stride() {
        return stride;
    }

    int owner(long slot) {
        int owner = guide[Math.min(guide.length - 1, (int) (slot * partsPerSlot))];
        while (ends[owner] <= slot) owner++;
        return owner;
    }
}
