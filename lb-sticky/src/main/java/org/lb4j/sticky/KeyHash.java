package org.lb4j.sticky;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.lb4j.hash.Xxh64;

/** What decides a session key's home: XXH64, or an HMAC, so that nobody can choose keys that share a home. */
final class KeyHash {
    private final @Nullable Hmac secret;

    KeyHash(byte @Nullable [] secret) {
        this.secret = secret == null ? null : new Hmac(secret);
    }

    long of(String key) {
        if (secret == null) return Xxh64.hash(key);
        return ByteBuffer.wrap(secret.of(key.getBytes(StandardCharsets.UTF_8))).getLong();
    }
}
