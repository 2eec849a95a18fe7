package org.lb4j.algorithm;

/** Turns random bits into a choice: multiply and shift, so no remainder favours the low numbers. */
final class Range {
    private static final double UNIT = 0x1p-53;

    private Range() {}

    /** One of n, by the high half of 64 bits. */
    static int high(long bits, int n) {
        return (int) ((bits >>> 32) * n >>> 32);
    }

    /** One of n, by the low half of 64 bits. */
    static int low(long bits, int n) {
        return (int) ((bits & 0xffffffffL) * n >>> 32);
    }

    /** A number in [0, 1). */
    static double unit(long bits) {
        return (bits >>> 11) * UNIT;
    }

    /** More bits out of those that are there: one draw serves a whole pick. */
    static long more(long bits) {
        long mixed = bits * 0xD1342543DE82EF95L + 0xDA942042E4DD58B5L;
        return mixed ^ mixed >>> 32;
    }
}
