package org.lb4j.sim;

import org.lb4j.hash.Mix;

/** Seeded chance, the same on every JVM and processor: SplitMix64 for the bits, {@link StrictMath} for the shapes. */
final class Dice {
    private static final long GOLDEN = 0x9E3779B97F4A7C15L; // SplitMix64's step

    private long state;

    Dice(long seed) {
        state = Mix.mix(seed + GOLDEN);
    }

    /** Dice of their own for one purpose, so that what is drawn for another changes nothing here. */
    static Dice of(long seed, long purpose) {
        return new Dice(Mix.mix(seed + GOLDEN) ^ Mix.mix(~purpose));
    }

    long next() {
        state += GOLDEN;
        return Mix.mix(state);
    }

    /** In (0, 1), never 0, so that its logarithm is finite. */
    double uniform() {
        return ((next() >>> 11) + 0.5) * 0x1p-53;
    }

    int below(int bound) {
        return (int) ((next() >>> 32) * bound >>> 32);
    }

    double exponential() {
        return -StrictMath.log(uniform());
    }

    double gaussian() {
        return StrictMath.sqrt(-2 * StrictMath.log(uniform())) * StrictMath.cos(2 * StrictMath.PI * uniform());
    }
}
