package org.lb4j.algorithm;

/** The unsigned remainder by a number that is known long before: two multiplications, where a division takes 20 to 40 steps. */
final class Remainder {
    /* floor(h * floor((2^64 - 1) / n) / 2^64) is the quotient or one less: the reciprocal is less than one too small (it is
     * exactly one too small where n is a power of two), which costs less than h / 2^64 < 1, and the last floor less than 1. */
    private final long divisor;
    private final long reciprocal;

    /** Of a divisor in [2, 2^62]. */
    Remainder(long divisor) {
        this.divisor = divisor;
        this.reciprocal = Long.divideUnsigned(-1, divisor);
    }

    long of(long h) {
        long quotient = Math.multiplyHigh(h, reciprocal) + (h >> 63 & reciprocal); // the signed product, made unsigned
        long rest = h - quotient * divisor;
        return rest >= divisor ? rest - divisor : rest;
    }
}
