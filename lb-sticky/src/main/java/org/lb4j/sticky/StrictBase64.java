package org.lb4j.sticky;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The alphabet of URLs and nothing else: no padding, no white space, no second spelling. */
final class StrictBase64 {
    private static final byte[] VALUES = new byte[128];

    static {
        String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        Arrays.fill(VALUES, (byte) -1);
        for (int i = 0; i < alphabet.length(); i++) VALUES[alphabet.charAt(i)] = (byte) i;
    }

    private StrictBase64() {}

    /**
     * Decodes whole groups of four characters.
     *
     * @param bytes how many, a multiple of three
     * @return null if a character is not of the alphabet
     */
    static byte @Nullable [] decode(CharSequence text, int from, int bytes) {
        int end = from + bytes / 3 * 4;
        for (int at = from; at < end; at++) if (value(text.charAt(at)) < 0) return null; // before anything is made
        byte[] decoded = new byte[bytes];
        for (int at = from, to = 0; at < end; at += 4, to += 3) {
            int group = value(text.charAt(at)) << 18
                    | value(text.charAt(at + 1)) << 12
                    | value(text.charAt(at + 2)) << 6
                    | value(text.charAt(at + 3));
            decoded[to] = (byte) (group >>> 16);
            decoded[to + 1] = (byte) (group >>> 8);
            decoded[to + 2] = (byte) group;
        }
        return decoded;
    }

    private static int value(char c) {
        return c < VALUES.length ? VALUES[c] : -1;
    }
}
