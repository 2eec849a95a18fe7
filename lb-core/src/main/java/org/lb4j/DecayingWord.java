package org.lb4j;

/**
 * A number that fades, and when it was last written, in one long, so that no reader sees one without the other: high 32
 * bits the value as a float above 0, low 32 bits the stamp in ticks of 0.26 ms. 0 is "nothing yet".
 *
 * <p>Readers never write: what is left is a pure function of word and time, so two picks at one instant agree, and how
 * often one looks changes nothing. Stamps turn round after 13 days of silence, when an old value looks new for a moment:
 * harmless.
 */
final class DecayingWord {
    static final long NOTHING = 0;
    private static final int TICK_SHIFT = 18; // 0.26 ms
    private static final int MOST_AHEAD = 1 << 16; // 17 s: no reader's clock is older than that

    private DecayingWord() {}

    static long of(double value, long now) {
        float kept = Math.max((float) value, Float.MIN_NORMAL);
        return (long) Float.floatToRawIntBits(kept) << 32 | (now >> TICK_SHIFT) & 0xffffffffL;
    }

    /** The value as it was written. */
    static double value(long word) {
        return Float.intBitsToFloat((int) (word >>> 32));
    }

    /** Nanoseconds since it was written; 0 if that lies ahead. */
    static long age(long word, long now) {
        int ticks = (int) (now >> TICK_SHIFT) - (int) word;
        return ticks <= 0 && ticks > -MOST_AHEAD ? 0 : Integer.toUnsignedLong(ticks) << TICK_SHIFT;
    }
}
