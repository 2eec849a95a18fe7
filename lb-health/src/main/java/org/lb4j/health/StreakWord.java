package org.lb4j.health;

/** Failures in a row and when they began, in one word: 20 bits of count, 44 bits of milliseconds. 0: none. */
final class StreakWord {
    static final long NONE = 0;

    /** 1.05 ms; 44 bits of these are 580 years. */
    private static final int TICK = 20;

    private static final int TIME_BITS = 44;
    private static final long TIME = (1L << TIME_BITS) - 1;
    private static final int MOST = (1 << 20) - 1;

    private StreakWord() {}

    /** One failure more; the time is kept from the first. */
    static long oneMore(long word, long now) {
        if (word == NONE) return 1L << TIME_BITS | now >> TICK & TIME;
        return count(word) == MOST ? word : word + (1L << TIME_BITS);
    }

    static int count(long word) {
        return (int) (word >>> TIME_BITS);
    }

    /** How long it has lasted. */
    static long nanos(long word, long now) {
        return ((now >> TICK) - word & TIME) << TICK;
    }
}
