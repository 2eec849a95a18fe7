package org.lb4j.sticky;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A key within one scope: what it calls each server, and how it seals a token. Equal to itself alone. */
final class TokenKey {
    /** The fewest bytes of a key: as many as HMAC-SHA256 gives. */
    static final int MIN_BYTES = 32;

    private static final byte[] VERSION = ascii("v1");

    private final int kid;
    private final byte[] scope;
    private final Hmac refs;
    private final Hmac seals;

    /** Keys of their own for each purpose, so that no answer for one is of use for another; and all go with the key. */
    TokenKey(byte[] key, String scope) {
        Hmac root = new Hmac(key);
        this.kid = root.of(ascii("lb4j kid"))[0] & 0xFF;
        this.refs = new Hmac(root.of(ascii("lb4j ref")));
        this.seals = new Hmac(root.of(ascii("lb4j mac")));
        this.scope = scope.getBytes(StandardCharsets.UTF_8);
    }

    /** What a token says of the key that sealed it, so that most foreign ones cost no HMAC; not unique. */
    int kid() {
        return kid;
    }

    /** What a token says instead of a server's id. */
    long ref(String serverId) {
        byte[] id = serverId.getBytes(StandardCharsets.UTF_8);
        ByteBuffer message = ByteBuffer.allocate(8 + scope.length + id.length);
        message.putInt(scope.length).put(scope).putInt(id.length).put(id); // lengths, or a+bc would be ab+c
        return ByteBuffer.wrap(refs.of(message.array())).getLong();
    }

    /** The last twelve bytes of a token. */
    byte[] seal(int first, int seen, long ref) {
        ByteBuffer message = ByteBuffer.allocate(VERSION.length + 4 + scope.length + 14);
        message.put(VERSION).putInt(scope.length).put(scope);
        Token.putDate(message, first);
        Token.putDate(message, seen);
        message.putLong(ref);
        return Arrays.copyOf(seals.of(message.array()), Token.SEAL_BYTES);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** No key, in no form. */
    @Override
    public String toString() {
        return "key";
    }
}
