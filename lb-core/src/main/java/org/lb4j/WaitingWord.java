package org.lb4j;

/**
 * How many calls wait for an answer, and for how long, in one long: low 24 bits the count, high 40 bits the sum of their
 * starts in ticks of 16 us, modulo 2^40.
 *
 * <p>One word, so that count and sum are always of one moment: with two fields a reader between the two writes would see
 * an age of plus or minus the whole clock. A start is added and its exact opposite taken away, so the word returns to 0.
 */
final class WaitingWord {
    private static final int COUNT_BITS = 24;
    private static final int TICK_SHIFT = 14; // 16.4 us
    private static final long MOST_TICKS = (1L << 64 - COUNT_BITS) - 1; // 208 days, of all calls together
    private static final long MOST_AHEAD = 1L << 30; // 5 hours: a reader's clock may be older than a start

    private WaitingWord() {}

    /** What a call that started then adds, and takes away when it is answered. */
    static long started(long nanos) {
        return ((nanos >> TICK_SHIFT) << COUNT_BITS) + 1;
    }

    static int count(long word) {
        return (int) word & (1 << COUNT_BITS) - 1;
    }

    /** The mean age of the waiting calls in nanoseconds; 0 if none waits. */
    static double meanAge(long word, long now) {
        int k = count(word);
        if (k == 0) return 0;
        long ticks = k * (now >> TICK_SHIFT) - (word >>> COUNT_BITS) & MOST_TICKS;
        if (ticks > MOST_TICKS - MOST_AHEAD) return 0;
        double total = ticks << TICK_SHIFT;
        return k == 1 ? total : total / k;
    }
}
