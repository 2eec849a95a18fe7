package org.lb4j.hash;

import static org.lb4j.hash.Xxh64.P1;
import static org.lb4j.hash.Xxh64.P2;
import static org.lb4j.hash.Xxh64.P5;
import static org.lb4j.hash.Xxh64.avalanche;
import static org.lb4j.hash.Xxh64.half;
import static org.lb4j.hash.Xxh64.merged;
import static org.lb4j.hash.Xxh64.single;
import static org.lb4j.hash.Xxh64.stirred;
import static org.lb4j.hash.Xxh64.word;

/** XXH64 of a text that is not all ASCII: its UTF-8 bytes are made on the way and never stored. */
final class Utf8Xxh64 {
    /* A character gives one to four bytes, which are appended to the word being filled; what does not fit begins the next
     * word. Where the tail of the input begins is known at its end only, so the whole words of the last, unfinished
     * stripe wait in x, y and z. All in locals: an object for them would be allocated until it is compiled away. */
    private Utf8Xxh64() {}

    static long hash(CharSequence text, long seed) {
        long a = seed + P1 + P2, b = seed + P2, c = seed, d = seed - P1;
        long x = 0, y = 0, z = 0, word = 0, bytes = 0;
        for (int i = 0, n = text.length(); i < n; i++) {
            char first = text.charAt(i);
            char second = Character.isHighSurrogate(first) && i + 1 < n ? text.charAt(i + 1) : 0;
            boolean pair = Character.isLowSurrogate(second);
            if (pair) i++;
            long code = pair ? utf8(Character.toCodePoint(first, second)) : utf8(first);
            int size = code > 0xFFFFFF ? 4 : code > 0xFFFF ? 3 : code > 0xFF ? 2 : 1;
            int filled = (int) bytes & 7;
            word |= code << 8 * filled;
            if (filled + size >= 8) {
                switch ((int) (bytes >> 3) & 3) {
                    case 0 -> x = word;
                    case 1 -> y = word;
                    case 2 -> z = word;
                    default -> {
                        a = stirred(a, x);
                        b = stirred(b, y);
                        c = stirred(c, z);
                        d = stirred(d, word);
                    }
                }
                word = code >>> 8 * (8 - filled); // nothing, if all of it went into the last word
            }
            bytes += size;
        }
        long h = (bytes >= 32 ? merged(a, b, c, d) : seed + P5) + bytes;
        int words = (int) (bytes >> 3) & 3;
        if (words > 0) h = word(h, x);
        if (words > 1) h = word(h, y);
        if (words > 2) h = word(h, z);
        int rest = (int) bytes & 7;
        if (rest >= 4) {
            h = half(h, (int) word);
            word >>>= 32;
        }
        for (int i = rest & 3; i > 0; i--, word >>>= 8) h = single(h, (int) word);
        return avalanche(h);
    }

    /** The bytes of a code point, the first one lowest; none of those above the first is 0. */
    private static long utf8(int point) {
        if (point < 0x80) return point;
        if (point < 0x800) return 0xC0 | point >> 6 | tail(point) << 8;
        if (point < 0x10000)
            return Character.isSurrogate((char) point)
                    ? '?'
                    : 0xE0 | point >> 12 | tail(point >> 6) << 8 | tail(point) << 16;
        return 0xF0 | point >> 18 | tail(point >> 12) << 8 | tail(point >> 6) << 16 | tail(point) << 24;
    }

    private static long tail(int point) {
        return 0x80 | point & 0x3F;
    }
}
