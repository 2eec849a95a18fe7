package org.lb4j.sticky;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * What our cookie says: {@code v1.} and 36 characters, which stand for 27 bytes. 27 is a multiple of three, so no bits are
 * spare and each token has one spelling.
 *
 * <pre>
 * | kid 1 | first 3 | seen 3 | ref 8 | seal 12 |
 * </pre>
 *
 * @param key whose seal it bears
 * @param first when the session came to its server, in minutes, see {@link Minutes}
 * @param seen when this token was issued
 * @param ref which server, in the words of the key
 */
record Token(TokenKey key, int first, int seen, long ref) {
    static final int SEAL_BYTES = 12;
    static final int MAX_DATE = 0xFFFFFF;
    static final int LENGTH = 39;

    private static final String PREFIX = "v1.";
    private static final int BYTES = 27;
    private static final int SEALED = BYTES - SEAL_BYTES;
    private static final Base64.Encoder ENCODER = Base64.getUrlEncoder();

    static void putDate(ByteBuffer bytes, int minutes) {
        bytes.put((byte) (minutes >>> 16)).putShort((short) minutes);
    }

    /** Its 39 characters. */
    String text() {
        ByteBuffer bytes = ByteBuffer.allocate(BYTES).put((byte) key.kid());
        putDate(bytes, first);
        putDate(bytes, seen);
        bytes.putLong(ref).put(key.seal(first, seen, ref));
        return PREFIX + ENCODER.encodeToString(bytes.array());
    }

    /**
     * The token of some text, if one of these keys sealed it. What costs little is looked at first; whatever is wrong, the
     * answer is the same.
     */
    static @Nullable Token read(CharSequence text, int from, int to, TokenKey[] keys) {
        if (to - from != LENGTH) return null;
        for (int i = 0; i < PREFIX.length(); i++) if (text.charAt(from + i) != PREFIX.charAt(i)) return null;
        byte[] bytes = StrictBase64.decode(text, from + PREFIX.length(), BYTES);
        if (bytes == null) return null;
        ByteBuffer fields = ByteBuffer.wrap(bytes);
        int kid = fields.get() & 0xFF;
        int first = date(fields);
        int seen = date(fields);
        long ref = fields.getLong();
        byte[] seal = Arrays.copyOfRange(bytes, SEALED, BYTES);
        for (TokenKey key : keys)
            if (key.kid() == kid && MessageDigest.isEqual(key.seal(first, seen, ref), seal))
                return new Token(key, first, seen, ref);
        return null;
    }

    private static int date(ByteBuffer bytes) {
        return (bytes.get() & 0xFF) << 16 | bytes.getShort() & 0xFFFF;
    }

    /** Nothing that could be sent. */
    @Override
    public String toString() {
        return "token";
    }
}
