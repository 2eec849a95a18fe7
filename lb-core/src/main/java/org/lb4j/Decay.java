package org.lb4j;

import java.time.Duration;

/**
 * How fast something is forgotten, the same to the bit on every JVM and processor.
 *
 * <pre>{@code
 * Decay decay = Decay.over(Duration.ofSeconds(10));
 * decay.after(10_000_000_000L);   // 0.3679
 * Decay memory = Decay.within(Duration.ofSeconds(10));
 * memory.after(5_000_000_000L);   // 0.75
 * }</pre>
 */
public abstract class Decay {
    private Decay() {}

    /**
     * The exponential e^(-t/tau): the more there is, the more of it is forgotten; never all.
     *
     * @param tau after which 1/e is left; above 0
     * @return the decay
     * @throws IllegalArgumentException if tau is not above 0
     */
    public static Decay over(Duration tau) {
        return new Exponential(nanos("tau", tau));
    }

    /**
     * The parabola 1 - (t/memory)^2: slowly at first, and gone after a time, so that what was very slow is tried again no
     * later than what was a little slow.
     *
     * @param memory after which nothing is left; above 0
     * @return the decay
     * @throws IllegalArgumentException if the memory is not above 0
     */
    public static Decay within(Duration memory) {
        return new Parabola(nanos("memory", memory));
    }

    /**
     * The same, faster or slower.
     *
     * @param speed 2: forgets twice as fast; above 0
     * @return the decay
     */
    public final Decay times(double speed) {
        if (!(speed > 0)) throw new IllegalArgumentException("speed must be above 0, was " + speed);
        return faster(speed);
    }

    /**
     * What is left of 1 after a time.
     *
     * @param nanos how long; a time that lies ahead counts as 0
     * @return in [0, 1]
     */
    public abstract double after(long nanos);

    abstract Decay faster(double speed);

    private static double nanos(String name, Duration duration) {
        if (duration.isNegative() || duration.isZero())
            throw new IllegalArgumentException(name + " must be above 0, was " + duration);
        return (double) duration.toNanos();
    }

    /**
     * {@code Math.exp} may differ by an ulp between machines, which may flip a tie, and {@code StrictMath.exp} is slow. Here a
     * table of 64 steps an octave is bridged by two terms of the series. Stopping after a positive term errs upward, so that
     * no step of the table rises above the end of the one before: monotone, at most 2e-7 too large.
     */
    private static final class Exponential extends Decay {
        private static final int STEPS = 64;
        private static final double STEP = StrictMath.log(2) / STEPS;
        private static final double[] TABLE = new double[STEPS];

        static {
            for (int i = 0; i < STEPS; i++) TABLE[i] = StrictMath.exp(-i * STEP);
        }

        private final double stepsPerNano;

        Exponential(double tauNanos) {
            stepsPerNano = 1 / (tauNanos * STEP);
        }

        @Override
        Decay faster(double speed) {
            return new Exponential(1 / (stepsPerNano * STEP * speed));
        }

        @Override
        public double after(long nanos) {
            return nanos <= 0 ? 1 : ofSteps(nanos * stepsPerNano);
        }

        private static double ofSteps(double steps) {
            int whole = (int) steps; // not negative, so that shift and mask are quotient and remainder
            int octaves = whole >>> 6;
            if (octaves > 1000) return 0;
            double rest = (steps - whole) * STEP;
            double octave = Double.longBitsToDouble((1023L - octaves) << 52);
            return TABLE[whole & STEPS - 1] * octave * (1 - rest + 0.5 * rest * rest);
        }
    }

    private static final class Parabola extends Decay {
        private final double perNano;

        Parabola(double memoryNanos) {
            perNano = 1 / memoryNanos;
        }

        @Override
        Decay faster(double speed) {
            return new Parabola(1 / (perNano * speed));
        }

        @Override
        public double after(long nanos) {
            if (nanos <= 0) return 1;
            double faded = nanos * perNano;
            return faded < 1 ? 1 - faded * faded : 0;
        }
    }
}
