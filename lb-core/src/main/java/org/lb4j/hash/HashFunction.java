package org.lb4j.hash;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * A hash function by name, as 64 bits of a text. A digest gives its first eight bytes, big-endian.
 *
 * <p>XXH64 is the one to take. MD5 and SHA-1 are here for those who must agree with others that use them; they cost about
 * ten times as much, and they allocate.
 *
 * <pre>{@code
 * long h = HashFunction.MD5.hash("abc");   // 0x900150983cd24fb0
 * }</pre>
 */
public enum HashFunction {
    /** XXH64 with seed 0, see {@link Xxh64}. */
    XXH64,
    /** MD5 (RFC 1321). */
    MD5,
    /** SHA-1 (FIPS 180). */
    SHA1;

    /**
     * Hashes the UTF-8 bytes of a text.
     *
     * @param text any text; a surrogate without its partner counts as {@code ?}, as in {@link String#getBytes()}
     * @return 64 bits
     */
    public long hash(CharSequence text) {
        return this == XXH64 ? Xxh64.hash(text) : hash(text.toString().getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Hashes bytes.
     *
     * @param bytes any bytes
     * @return 64 bits
     */
    public long hash(byte[] bytes) {
        return switch (this) {
            case XXH64 -> Xxh64.hash(bytes);
            case MD5 -> ByteBuffer.wrap(Digests.md5().digest(bytes)).getLong();
            case SHA1 -> ByteBuffer.wrap(Digests.sha1().digest(bytes)).getLong();
        };
    }
}
