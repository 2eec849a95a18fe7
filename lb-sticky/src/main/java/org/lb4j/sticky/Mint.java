package org.lb4j.sticky;

import java.util.Collection;
import org.jspecify.annotations.Nullable;
import org.lb4j.ServerPool;

/** Reads our cookies and makes new ones. */
final class Mint {
    private final Keyring keys;
    private final Watched<Refs> refs;
    private final Minutes clock;
    private final Lifetime lifetime;
    private final CookieText text;

    Mint(ServerPool pool, Keyring keys, Minutes clock, Lifetime lifetime, CookieText text) {
        this.keys = keys;
        this.refs = Watched.of(pool, (members, before) -> Refs.of(keys, members, before));
        this.clock = clock;
        this.lifetime = lifetime;
        this.text = text;
    }

    void scan(@Nullable Collection<String> headers, CookieScan.Values values) {
        CookieScan.scan(headers, text.name(), values);
    }

    /** A token that is ours, of whatever date; null: it is not, or means two servers. */
    @Nullable
    Token read(CharSequence line, int from, int to) {
        Token token = keys.read(line, from, to);
        return token == null || refs.now().ambiguous(token) ? null : token;
    }

    Lifetime.Age age(Token token) {
        return lifetime.age(token, clock.now());
    }

    /** The id of its server; null: that left. */
    @Nullable
    String serverOf(Token token) {
        return refs.now().find(token);
    }

    /** The cookie of a session that begins on a server. */
    String issue(String serverId) {
        int now = clock.now();
        return issue(serverId, now, now);
    }

    /** The cookie of a session that stays, if its token is old or was sealed by an older key; null: none is owed. */
    @Nullable
    String renew(Token token, String serverId) {
        int now = clock.now();
        boolean due = token.key() != keys.first() || lifetime.dueForRefresh(token, now);
        return due ? issue(serverId, token.first(), now) : null;
    }

    private String issue(String serverId, int first, int now) {
        TokenKey key = keys.first();
        return text.of(new Token(key, first, now, key.ref(serverId)), lifetime.secondsLeft(first, now));
    }
}
