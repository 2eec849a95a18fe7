package org.lb4j.sticky;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The keys of one scope: the first one signs, all verify. */
final class Keyring {
    private static final Logger log = LoggerFactory.getLogger(StickyCookie.class);

    private final TokenKey[] keys;

    /**
     * @param key null: a random one
     * @param accepted keys that signed before
     */
    Keyring(String scope, byte @Nullable [] key, List<byte[]> accepted) {
        List<TokenKey> keys = new ArrayList<>();
        keys.add(new TokenKey(key == null ? random(scope) : key, scope));
        for (byte[] each : accepted) keys.add(new TokenKey(each, scope));
        this.keys = keys.toArray(TokenKey[]::new);
    }

    /** A key that a caller gave: copied, so that it may wipe its own. */
    static byte[] checked(String what, byte[] key) {
        if (key.length < TokenKey.MIN_BYTES)
            throw new IllegalArgumentException(
                    what + " must have at least " + TokenKey.MIN_BYTES + " bytes, had " + key.length);
        return key.clone();
    }

    private static byte[] random(String scope) {
        log.warn(
                "No key for the sticky cookies of scope \"{}\": a random one is used, so other processes, and this one "
                        + "after a restart, will not know its cookies",
                scope);
        byte[] key = new byte[TokenKey.MIN_BYTES];
        new SecureRandom().nextBytes(key);
        return key;
    }

    TokenKey first() {
        return keys[0];
    }

    TokenKey[] keys() {
        return keys;
    }

    @Nullable
    Token read(CharSequence text, int from, int to) {
        return Token.read(text, from, to, keys);
    }
}
