package org.lb4j.algorithm;

/** When two costs are the same: to within rounding, since equal quotients of unequal numbers may differ in the last bit. */
final class Tie {
    private static final double ROUNDING = 1e-9;

    private Tie() {}

    static boolean below(double cost, double best) {
        return cost + Math.abs(cost) * ROUNDING < best; // a user's load may be negative
    }

    static boolean with(double cost, double best) {
        return cost <= best + Math.abs(best) * ROUNDING;
    }
}
