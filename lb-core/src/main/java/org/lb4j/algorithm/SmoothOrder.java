package org.lb4j.algorithm;

/**
 * The order of smooth weighted round robin, as nginx makes it, for one whole cycle: weights 5, 1, 1 give a a b a c a a, never
 * a a a a a b c.
 *
 * <p>At each step everybody's credit grows by its weight; the largest credit wins (the first of equals) and pays the sum.
 */
final class SmoothOrder {
    private SmoothOrder() {}

    /** One cycle of indices; the weights' sum is its length. */
    static short[] of(int[] weights) {
        int sum = 0;
        for (int weight : weights) sum += weight;
        short[] order = new short[sum];
        int[] credit = new int[weights.length];
        for (int step = 0; step < sum; step++) order[step] = (short) step(weights, credit, sum);
        return order;
    }

    /** Who wins, and what everybody's credit is then. */
    static int step(int[] weights, int[] credit, int sum) {
        int best = 0;
        for (int i = 0; i < weights.length; i++) {
            credit[i] += weights[i];
            if (credit[i] > credit[best]) best = i;
        }
        credit[best] -= sum;
        return best;
    }
}
