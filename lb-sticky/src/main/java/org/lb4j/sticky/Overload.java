package org.lb4j.sticky;

/**
 * How much may be in flight on a server before sessions go elsewhere: so many times its share of the pool's calls, and some
 * more, so that an idle pool is not strict.
 */
record Overload(double factor, int slack) {
    static final Overload OFF = new Overload(1, Integer.MAX_VALUE);

    Overload {
        if (!(factor >= 1)) throw new IllegalArgumentException("overload factor must be at least 1, was " + factor);
        if (slack < 0) throw new IllegalArgumentException("overload slack must be at least 0, was " + slack);
    }

    /** Whether what is in flight is within the slack, so that the pool's total does not matter. */
    boolean slight(int inFlight) {
        return inFlight <= slack;
    }

    boolean exceeded(int inFlight, double share, int total) {
        return inFlight > factor * share * total + slack;
    }
}
