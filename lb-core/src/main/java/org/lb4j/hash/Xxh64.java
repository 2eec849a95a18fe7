package org.lb4j.hash;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * XXH64, the 64-bit hash of the xxHash family: fast, well mixed, and the same number on every machine. No keeper of
 * secrets.
 *
 * <pre>{@code
 * Xxh64.hash("abc");   // 0x44bc2cf5ad770999, as for the UTF-8 bytes of "abc"
 * }</pre>
 */
public final class Xxh64 {
    /* Input is read as little-endian words of 64 bits. Every four words are a stripe, one word for each of four lanes;
     * what is left over goes into the merged lanes word by word, then by a half word, then byte by byte. Nothing is
     * allocated: texts are encoded on the way, a word at a time. */
    static final long P1 = 0x9E3779B185EBCA87L;
    static final long P2 = 0xC2B2AE3D27D4EB4FL;
    static final long P3 = 0x165667B19E3779F9L;
    static final long P4 = 0x85EBCA77C2B2AE63L;
    static final long P5 = 0x27D4EB2F165667C5L;

    private static final VarHandle WORD = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle HALF = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

    private Xxh64() {}

    /**
     * Hashes bytes with seed 0.
     *
     * @param bytes any bytes
     * @return 64 bits
     */
    public static long hash(byte[] bytes) {
        return hash(bytes, 0, bytes.length, 0);
    }

    /**
     * Hashes some of the bytes of an array.
     *
     * @param bytes where they are
     * @param from the first one
     * @param length how many
     * @param seed a number that makes another function of it
     * @return 64 bits
     * @throws IndexOutOfBoundsException if the array has no such range
     */
    public static long hash(byte[] bytes, int from, int length, long seed) {
        int at = from, end = from + length;
        if ((from | length | end | bytes.length - end) < 0)
            throw new IndexOutOfBoundsException(length + " bytes from " + from + " on, of " + bytes.length);
        long h = seed + P5;
        if (length >= 32) {
            long a = seed + P1 + P2, b = seed + P2, c = seed, d = seed - P1;
            for (; at <= end - 32; at += 32) {
                a = stirred(a, (long) WORD.get(bytes, at));
                b = stirred(b, (long) WORD.get(bytes, at + 8));
                c = stirred(c, (long) WORD.get(bytes, at + 16));
                d = stirred(d, (long) WORD.get(bytes, at + 24));
            }
            h = merged(a, b, c, d);
        }
        return tail(bytes, at, end, h + length);
    }

    private static long tail(byte[] bytes, int from, int end, long start) {
        long h = start;
        int at = from;
        for (; at <= end - 8; at += 8) h = word(h, (long) WORD.get(bytes, at));
        if (at <= end - 4) {
            h = half(h, (int) HALF.get(bytes, at));
            at += 4;
        }
        for (; at < end; at++) h = single(h, bytes[at]);
        return avalanche(h);
    }

    /**
     * Hashes the UTF-8 bytes of a text with seed 0.
     *
     * @param text any text; a surrogate without its partner counts as {@code ?}, as in {@link String#getBytes()}
     * @return 64 bits
     */
    public static long hash(CharSequence text) {
        return hash(text, 0);
    }

    /**
     * Hashes the UTF-8 bytes of a text.
     *
     * @param text any text; a surrogate without its partner counts as {@code ?}, as in {@link String#getBytes()}
     * @param seed a number that makes another function of it
     * @return 64 bits
     */
    public static long hash(CharSequence text, long seed) {
        int at = 0, end = text.length();
        long h = seed + P5;
        if (end >= 32) {
            long a = seed + P1 + P2, b = seed + P2, c = seed, d = seed - P1;
            for (; at <= end - 32; at += 32) {
                long w = ascii(text, at), x = ascii(text, at + 8), y = ascii(text, at + 16), z = ascii(text, at + 24);
                if ((w | x | y | z) < 0) return Utf8Xxh64.hash(text, seed);
                a = stirred(a, w);
                b = stirred(b, x);
                c = stirred(c, y);
                d = stirred(d, z);
            }
            h = merged(a, b, c, d);
        }
        return tail(text, at, h + end, seed);
    }

    private static long tail(CharSequence text, int from, long start, long seed) {
        long h = start;
        int at = from, end = text.length();
        for (; at <= end - 8; at += 8) {
            long w = ascii(text, at);
            if (w < 0) return Utf8Xxh64.hash(text, seed);
            h = word(h, w);
        }
        if (at <= end - 4) {
            int c0 = text.charAt(at), c1 = text.charAt(at + 1), c2 = text.charAt(at + 2), c3 = text.charAt(at + 3);
            if ((c0 | c1 | c2 | c3) > 0x7F) return Utf8Xxh64.hash(text, seed);
            h = half(h, c0 | c1 << 8 | c2 << 16 | c3 << 24);
            at += 4;
        }
        for (; at < end; at++) {
            char c = text.charAt(at);
            if (c > 0x7F) return Utf8Xxh64.hash(text, seed);
            h = single(h, c);
        }
        return avalanche(h);
    }

    /**
     * Hashes the eight bytes of a number, little-endian, with seed 0.
     *
     * @param number any number
     * @return 64 bits
     */
    public static long hash(long number) {
        return avalanche(word(P5 + 8, number));
    }

    /** Eight characters as a word; negative if one of them is not ASCII, which no word of ASCII is. */
    private static long ascii(CharSequence text, int at) {
        long c0 = text.charAt(at), c1 = text.charAt(at + 1), c2 = text.charAt(at + 2), c3 = text.charAt(at + 3);
        long c4 = text.charAt(at + 4), c5 = text.charAt(at + 5), c6 = text.charAt(at + 6), c7 = text.charAt(at + 7);
        if ((c0 | c1 | c2 | c3 | c4 | c5 | c6 | c7) > 0x7F) return -1;
        return c0 | c1 << 8 | c2 << 16 | c3 << 24 | c4 << 32 | c5 << 40 | c6 << 48 | c7 << 56;
    }

    static long stirred(long lane, long word) {
        return Long.rotateLeft(lane + word * P2, 31) * P1;
    }

    static long merged(long a, long b, long c, long d) {
        long h = Long.rotateLeft(a, 1) + Long.rotateLeft(b, 7) + Long.rotateLeft(c, 12) + Long.rotateLeft(d, 18);
        h = (h ^ stirred(0, a)) * P1 + P4;
        h = (h ^ stirred(0, b)) * P1 + P4;
        h = (h ^ stirred(0, c)) * P1 + P4;
        return (h ^ stirred(0, d)) * P1 + P4;
    }

    static long word(long h, long word) {
        return Long.rotateLeft(h ^ stirred(0, word), 27) * P1 + P4;
    }

    static long half(long h, int half) {
        return Long.rotateLeft(h ^ (half & 0xFFFFFFFFL) * P1, 23) * P2 + P3;
    }

    static long single(long h, int single) {
        return Long.rotateLeft(h ^ (single & 0xFF) * P5, 11) * P1;
    }

    static long avalanche(long h) {
        long x = (h ^ h >>> 33) * P2;
        x = (x ^ x >>> 29) * P3;
        return x ^ x >>> 32;
    }
}
