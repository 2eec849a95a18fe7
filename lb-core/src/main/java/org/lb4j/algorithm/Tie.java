package org.lb4j.algorithm;

import org.lb4j.hash.Mix;

/** When two costs are the same, and who wins then. */
final class Tie {
    /** Equal quotients of unequal numbers may differ in the last bit, and a tie that the index decides is a herd. */
    private static final double ROUNDING = 1e-9;

    private Tie() {}

    static boolean below(double cost, double best) {
        return cost < under(best);
    }

    static boolean with(double cost, double best) {
        return cost <= upTo(best);
    }

    /** What is less than this is better than the best. */
    static double under(double best) {
        return best * (best < 0 ? 1 + ROUNDING : 1 - ROUNDING); // a user's load may be negative
    }

    /** What is more than this is worse than the best. */
    static double upTo(double best) {
        return best * (best < 0 ? 1 - ROUNDING : 1 + ROUNDING);
    }

    /** The m-th of a tie takes its place with chance 1/m, so each of them wins as often. */
    static boolean goesToLast(long bits, int ties) {
        return Range.high(Mix.mix(bits), ties) == 0; // not what the next draw is made of
    }

    /**
     * Whether one of those whose load is unknown wins. They count as the mean of the known ones, which is the least of them
     * only where all are equal: then all are a tie.
     */
    static boolean goesToUnknown(long bits, int unknowns, int ties, double least, double most) {
        if (unknowns == 0 || ties == 0) return unknowns > 0;
        return with(most, least) && Range.low(Mix.mix(bits), ties + unknowns) < unknowns;
    }
}
