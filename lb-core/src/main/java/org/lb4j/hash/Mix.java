package org.lb4j.hash;

/**
 * A mixer of numbers: one to one on 64 bits, and each bit of the answer depends on every bit of the question.
 *
 * <pre>{@code
 * long spread = Mix.mix(42) ^ Mix.mix(43);   // neighbours have nothing in common any more
 * }</pre>
 */
public final class Mix {
    private Mix() {}

    /**
     * The finaliser of SplitMix64. It is one to one, so numbers that differ stay different; 0 stays 0.
     *
     * @param number any number
     * @return its 64 bits, mixed
     */
    public static long mix(long number) {
        long x = (number ^ number >>> 30) * 0xBF58476D1CE4E5B9L;
        x = (x ^ x >>> 27) * 0x94D049BB133111EBL;
        return x ^ x >>> 31;
    }
}
