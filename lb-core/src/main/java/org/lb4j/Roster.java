package org.lb4j;

import java.util.Arrays;

/**
 * The members of a pool and their effective weights at one moment. Immutable. A shaper sees all members, those out of
 * traffic with weight 0; an algorithm compiles only those of weight above 0.
 *
 * <pre>{@code
 * double total = 0;
 * for (int i = 0; i < roster.size(); i++) total += roster.weight(i);
 * }</pre>
 */
public final class Roster {
    private static final long NEVER = Long.MAX_VALUE;
    private static final double CRUMB = 1e-14; // of all weight; the least that a person can ask for is 1e-10

    private final Ledger ledger;
    private final PoolTotals totals;
    private final Standing[] standings;
    private final double[] weights;
    private final boolean uniform;
    private final long start;
    private final long now;
    private final long until;

    Roster(PoolTotals totals, Standing[] standings, double[] weights, long start, long now) {
        this(totals, standings, weights, start, now, NEVER);
    }

    private Roster(PoolTotals totals, Standing[] standings, double[] weights, long start, long now, long until) {
        this.totals = totals;
        this.ledger = totals.ledger();
        this.standings = standings;
        this.weights = weights;
        this.uniform = uniform(weights);
        this.start = start;
        this.now = now;
        this.until = until;
    }

    /**
     * How many members.
     *
     * @return 0 or more
     */
    public int size() {
        return standings.length;
    }

    /**
     * One of them, in the order of the pool's list.
     *
     * @param i in [0, size)
     * @return the member
     */
    public Member member(int i) {
        return standings[i].member();
    }

    /**
     * Its effective weight.
     *
     * @param i in [0, size)
     * @return finite, 0 or more
     */
    public double weight(int i) {
        return weights[i];
    }

    /**
     * All effective weights.
     *
     * @return a copy, in the order of the members
     */
    public double[] weights() {
        return weights.clone();
    }

    /**
     * Whether all weights are equal, so that a picker needs none.
     *
     * @return also true if there are no members
     */
    public boolean uniform() {
        return uniform;
    }

    /**
     * What held it at that moment, see {@link Hold#in}.
     *
     * @param i in [0, size)
     * @return one bit a reason
     */
    public int holds(int i) {
        return standings[i].holds();
    }

    /**
     * Since when it has had traffic, as of that moment; see {@link Member#inSince}.
     *
     * @param i in [0, size)
     * @return the pool's ticker then
     */
    public long inSince(int i) {
        return standings[i].inSince();
    }

    /**
     * When the pool got its first servers.
     *
     * @return the pool's ticker then
     */
    public long start() {
        return start;
    }

    /**
     * When this roster was made.
     *
     * @return the pool's ticker then
     */
    public long now() {
        return now;
    }

    /**
     * The pool's chance: for a picker to use while picking. Seeded if the pool is.
     *
     * @return 64 random bits
     */
    public long draw() {
        return ledger.chance().next();
    }

    /**
     * Calls in flight in the whole pool, also while picking. From the first time anybody asks on, a pool of more than 64
     * servers keeps a striped total, so that this stays cheap.
     *
     * @return 0 or more
     */
    public int inFlight() {
        return totals.inFlight();
    }

    /**
     * Asks the pool to measure something of its calls from now on.
     *
     * @param signal what
     */
    public void measure(Signal signal) {
        ledger.measure(signal);
    }

    /**
     * The same members with other weights.
     *
     * @param weights one a member; finite, 0 or more
     * @return a roster with these weights; this one if they are the same
     * @throws IllegalArgumentException if there are too many or too few, or one is negative, infinite or NaN
     */
    public Roster withWeights(double[] weights) {
        if (weights.length != standings.length)
            throw new IllegalArgumentException(
                    "weights must be one a member: " + standings.length + ", was " + weights.length);
        for (int i = 0; i < weights.length; i++)
            if (!(weights[i] >= 0 && weights[i] < Double.POSITIVE_INFINITY))
                throw new IllegalArgumentException("effective weight must be finite and at least 0, was " + weights[i]
                        + " for " + standings[i].server().id());
        if (Arrays.equals(weights, this.weights)) return this;
        return new Roster(totals, standings, weights.clone(), start, now, until);
    }

    /**
     * The same roster, to be shaped again at a time, because a weight depends on it.
     *
     * @param nanos the pool's ticker then; the earliest one counts
     * @return a roster that ends then
     */
    public Roster until(long nanos) {
        boolean sooner = until == NEVER || nanos - until < 0;
        return sooner ? new Roster(totals, standings, weights, start, now, nanos) : this;
    }

    /** The same roster, which could not be shaped again when it was time, to be tried later. */
    Roster retryAt(long nanos) {
        return new Roster(totals, standings, weights, start, now, nanos);
    }

    /** Whether time alone changes it. */
    boolean ends() {
        return until != NEVER;
    }

    long end() {
        return until;
    }

    /** Those of weight above 0. */
    Roster inUse() {
        int used = 0;
        for (double weight : weights) if (weight > 0) used++;
        if (used == weights.length) return this;
        Standing[] standings = new Standing[used];
        double[] weights = new double[used];
        for (int i = 0, j = 0; j < used; i++) {
            if (this.weights[i] > 0) {
                standings[j] = this.standings[i];
                weights[j++] = this.weights[i];
            }
        }
        return new Roster(totals, standings, weights, start, now, until);
    }

    /** Without weights that are rounding errors of others: idle and never measured, they would draw far more than their share. */
    Roster withoutCrumbs() {
        double total = 0;
        for (double weight : weights) total += weight;
        double[] clean = weights.clone();
        for (int i = 0; i < clean.length; i++) if (clean[i] < CRUMB * total) clean[i] = 0;
        return withWeights(clean);
    }

    boolean isEmpty() {
        for (double weight : weights) if (weight > 0) return false;
        return true;
    }

    private static boolean uniform(double[] weights) {
        for (int i = 1; i < weights.length; i++) if (weights[i] != weights[0]) return false;
        return true;
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("roster(");
        for (int i = 0; i < Math.min(weights.length, 100); i++)
            text.append(i == 0 ? "" : ", ")
                    .append(standings[i].server().id())
                    .append(" * ")
                    .append(weights[i]);
        return text.append(weights.length > 100 ? ", …)" : ")").toString();
    }
}
