package org.lb4j.sticky;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToLongBiFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Which server a token means: one line a server and accepted key, made when members change. Immutable. */
final class Refs {
    private static final Logger log = LoggerFactory.getLogger(StickyCookie.class);

    private final Map<Ref, String> ids = new HashMap<>();
    private final Map<String, long[]> known = new HashMap<>();
    private final Set<Ref> collided = new HashSet<>();

    private record Ref(TokenKey key, long value) {}

    private Refs() {}

    static Refs of(Keyring keyring, Collection<Listed> members, @Nullable Refs before) {
        List<String> ids = members.stream().map(Listed::id).toList();
        return of(keyring.keys(), ids, before, TokenKey::ref);
    }

    /** @param before its refs are taken over, so that one server more costs one HMAC a key */
    static Refs of(TokenKey[] keys, List<String> ids, @Nullable Refs before, ToLongBiFunction<TokenKey, String> name) {
        Refs refs = new Refs();
        for (String id : ids) {
            long[] values = before == null ? null : before.known.get(id);
            if (values == null) {
                values = new long[keys.length];
                for (int i = 0; i < keys.length; i++) values[i] = name.applyAsLong(keys[i], id);
            }
            refs.known.put(id, values);
            for (int i = 0; i < keys.length; i++) refs.add(new Ref(keys[i], values[i]), id, before);
        }
        return refs;
    }

    /** Two servers of one ref: whose session it is nobody can tell, so it is neither's. Needs 2^32 servers, or a bug. */
    private void add(Ref ref, String id, @Nullable Refs before) {
        if (!collided.contains(ref) && ids.putIfAbsent(ref, id) == null) return;
        String other = ids.remove(ref);
        boolean told = before != null && before.collided.contains(ref);
        if (collided.add(ref) && !told)
            log.warn("Servers {} and {} have the same reference: no cookie for either is accepted", other, id);
    }

    /** The server's id; null: it left, or can not be told from another. */
    @Nullable
    String find(Token token) {
        return ids.get(new Ref(token.key(), token.ref()));
    }

    boolean ambiguous(Token token) {
        return !collided.isEmpty() && collided.contains(new Ref(token.key(), token.ref()));
    }
}
