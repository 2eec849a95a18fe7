package org.lb4j;

import java.time.Duration;

/**
 * How fast something is forgotten: e^(-t/tau), the same to the bit on every JVM and processor.
 *
 * <pre>{@code
 * Decay decay = Decay.over(Duration.ofSeconds(10));
 * decay.after(10_000_000_000L);   // 0.3679
 * }</pre>
 *
 * <p>{@code Math.exp} may differ by an ulp between machines, which may flip a tie, and {@code StrictMath.exp} is slow. Here
 * a table of 64 steps an octave is bridged by two terms of the series. Stopping after a positive term errs upward, so that
 * no step of the table rises above the end of the one before: monotone, at most 2e-7 too large.
 */
public final class Decay {
    private static final int STEPS = 64;
    private static final double STEP = StrictMath.log(2) / STEPS;
    private static final double[] TABLE = new double[STEPS];

    static {
        for (int i = 0; i < STEPS; i++) TABLE[i] = StrictMath.exp(-i * STEP);
    }

    private final double stepsPerNano;

    private Decay(double tauNanos) {
        stepsPerNano = 1 / (tauNanos * STEP);
    }

    /**
     * The decay with a time constant.
     *
     * @param tau after which 1/e is left; above 0
     * @return the decay
     * @throws IllegalArgumentException if tau is not above 0
     */
    public static Decay over(Duration tau) {
        if (tau.isNegative() || tau.isZero()) throw new IllegalArgumentException("tau must be above 0, was " + tau);
        return new Decay((double) tau.toNanos());
    }

    /**
     * The same, faster or slower.
     *
     * @param speed 2: forgets twice as fast; above 0
     * @return the decay
     */
    public Decay times(double speed) {
        if (!(speed > 0)) throw new IllegalArgumentException("speed must be above 0, was " + speed);
        return new Decay(1 / (stepsPerNano * STEP * speed));
    }

    /**
     * What is left of 1 after a time.
     *
     * @param nanos how long; a time that lies ahead counts as 0
     * @return in [0, 1]
     */
    public double after(long nanos) {
        return nanos <= 0 ? 1 : ofSteps(nanos * stepsPerNano);
    }

    private static double ofSteps(double steps) {
        int whole = (int) steps;
        int octaves = whole / STEPS;
        if (octaves > 1000) return 0;
        double rest = (steps - whole) * STEP;
        double octave = Double.longBitsToDouble((1023L - octaves) << 52);
        return TABLE[whole % STEPS] * octave * (1 - rest + 0.5 * rest * rest);
    }
}
