package org.lb4j.sticky;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The keys of one scope: the first one signs, all verify. */
final class Keyring {
    private final TokenKey[] keys;

    /**
     * @param key null: the process's own
     * @param accepted keys that signed before
     */
    Keyring(String scope, byte @Nullable [] key, List<byte[]> accepted) {
        if (key == null && !accepted.isEmpty())
            throw new IllegalArgumentException("key must be given if others are accepted, was not");
        List<TokenKey> keys = new ArrayList<>();
        keys.add(new TokenKey(key == null ? ProcessKey.OWN.key(scope) : key, scope));
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
