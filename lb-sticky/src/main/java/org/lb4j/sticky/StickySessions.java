package org.lb4j.sticky;

import java.util.Collection;
import org.jspecify.annotations.Nullable;
import org.lb4j.Member;
import org.lb4j.Server;
import org.lb4j.ServerPool;

/**
 * Stickiness by a key that exists already: a session id, a user, a cart. Each key has a home, the same in all processes; a
 * table keeps only the sessions that are elsewhere. Homes are found among all servers of the pool, whatever their tier or
 * zone: for those of one tier, build it over a view.
 *
 * <pre>{@code
 * ServerPool pool = ServerPool.of("http://10.0.0.1:8080", "http://10.0.0.2:8080");
 * Selector selector = pool.selector(Algorithms.adaptive());
 * StickySessions sessions = StickySessions.builder(pool).build();
 *
 * StickyVisit visit = sessions.visit(sessionId);
 * try (Lease lease = selector.acquire(visit.context())) {
 *     send(lease.server());
 *     lease.success();
 *     visit.settle(lease.server());
 * }
 * }</pre>
 *
 * <p>The ids that an application's own servers made, such as {@code JSESSIONID}, are learned from their responses:
 *
 * <pre>{@code
 * StickyVisit visit = sessions.visit(request.headers("Cookie"), "JSESSIONID");
 * // after the call
 * sessions.learn(request.headers("Cookie"), response.headers("Set-Cookie"), "JSESSIONID", lease.server());
 * }</pre>
 *
 * <p>The pool holds it weakly: make one and keep it. For any number of threads.
 */
public final class StickySessions {
    private final SessionParts parts;

    private StickySessions(Builder builder) {
        ServerPool pool = builder.pool();
        Deviations deviations = new Deviations(builder.maxEntries, builder.maxIdle(), builder.maxLife(), pool.ticker());
        this.parts = new SessionParts(
                new Judge(pool, builder.policy()), new Outcomes(), new KeyHash(builder.secret), deviations);
    }

    /**
     * Begins with the servers of a pool.
     *
     * @param pool a pool or a view of one
     * @return its builder
     */
    public static Builder builder(ServerPool pool) {
        return new Builder(pool);
    }

    /**
     * A call of a session that is known; it stays on a server that is being drained.
     *
     * @param key what names the session; null or empty: any server will do
     * @return the visit, to be settled once somebody serves it
     */
    public StickyVisit visit(@Nullable String key) {
        return visit(key, false);
    }

    /**
     * The first call of a session. Unlike {@link #visit(String)} it never goes to a server that is being drained, and it
     * stays where it was placed if its home has too much in flight.
     *
     * @param key what names the session; null or empty: any server will do
     * @return the visit, to be settled once somebody serves it
     */
    public StickyVisit begin(@Nullable String key) {
        return visit(key, true);
    }

    /**
     * A call of a session whose id stands in a cookie of the application. Of several such cookies the first that was learned
     * counts, else the first.
     *
     * @param cookieHeaders the values of all {@code Cookie} headers of the request; null: it has none
     * @param cookieName which cookie
     * @return the visit, to be settled once somebody serves it
     * @throws IllegalArgumentException if no cookie can have that name
     */
    public StickyVisit visit(@Nullable Collection<String> cookieHeaders, String cookieName) {
        CookieAttributes.checkName(cookieName);
        return visit(id(cookieHeaders, cookieName));
    }

    private @Nullable String id(@Nullable Collection<String> cookieHeaders, String cookieName) {
        SessionIds ids = new SessionIds(id -> parts.deviations().find(id) != null);
        CookieScan.scan(cookieHeaders, cookieName, ids);
        return ids.chosen();
    }

    private StickyVisit visit(@Nullable String key, boolean begins) {
        if (key != null && !key.isEmpty()) return SessionVisit.of(parts, key, begins);
        return new PlainVisit(StickyOutcome.NEW, parts.judge(), parts.outcomes());
    }

    /**
     * Remembers which server made a session's id. For responses that ended well; never for what a client sent. The server
     * was chosen before there was an id, so it mostly is not the id's home: expect an entry for most sessions.
     *
     * <p>{@code Max-Age=0} forgets the id. An empty value does not say which one: pass the request's cookies as well, see
     * {@link #learn(Collection, Collection, String, Server)}.
     *
     * @param setCookieHeaders the values of all {@code Set-Cookie} headers of the response; null: it has none
     * @param cookieName which cookie
     * @param server who answered
     * @throws IllegalArgumentException if no cookie can have that name
     */
    public void learn(@Nullable Collection<String> setCookieHeaders, String cookieName, Server server) {
        learn(null, setCookieHeaders, cookieName, server);
    }

    /**
     * The same, and a cookie that the response takes away, by an empty value or {@code Max-Age=0}, forgets the id that the
     * request came with. {@code Expires} is not read: servers that take a cookie away send one of the others too, and an id
     * that is never sent again expires here by itself.
     *
     * @param cookieHeaders the values of all {@code Cookie} headers of the request; null: it has none
     * @param setCookieHeaders the values of all {@code Set-Cookie} headers of the response; null: it has none
     * @param cookieName which cookie
     * @param server who answered
     * @throws IllegalArgumentException if no cookie can have that name
     */
    public void learn(
            @Nullable Collection<String> cookieHeaders,
            @Nullable Collection<String> setCookieHeaders,
            String cookieName,
            Server server) {
        CookieAttributes.checkName(cookieName);
        if (setCookieHeaders == null) return;
        int lines = CookieScan.MAX_PAIRS;
        int room = CookieScan.MAX_CHARS;
        for (String line : setCookieHeaders) {
            room -= line == null ? 0 : line.length();
            if (--lines < 0 || room < 0) return;
            SetCookie set = line == null ? null : SetCookie.read(line, cookieName);
            if (set != null && !set.deleted()) learn(set.value(), server.id());
            else if (set != null) {
                forget(set.value());
                forget(id(cookieHeaders, cookieName));
            }
        }
    }

    private void learn(String id, String serverId) {
        if (parts.judge().member(serverId) == null) return;
        Member home = parts.judge().home(parts.hashes().of(id));
        if (home != null && home.server().id().equals(serverId)) forget(id);
        else if (parts.deviations().put(id, serverId)) parts.outcomes().add(StickyOutcome.NEW);
    }

    /**
     * Forgets where a session is, such as after a logout: it is at home again.
     *
     * @param key what names the session; null or empty: nothing happens
     */
    public void forget(@Nullable String key) {
        if (key != null && !key.isEmpty()) parts.deviations().forget(key);
    }

    /**
     * How often it came out so.
     *
     * @param outcome which
     * @return counted since this was built
     */
    public long count(StickyOutcome outcome) {
        return parts.outcomes().count(outcome);
    }

    /**
     * How many sessions are in the table, which are those that are not at home.
     *
     * @return 0 in a pool that has been well for {@code maxIdle} and learns no ids
     */
    public long entries() {
        return parts.deviations().size();
    }

    /**
     * How many sessions were sent home because the table was full.
     *
     * @return counted since this was built; above 0: make {@code maxEntries} larger
     */
    public long evicted() {
        return parts.deviations().evicted();
    }

    /** No key. */
    @Override
    public String toString() {
        return "sticky sessions, " + entries() + " not at home";
    }

    /** Builds a {@link StickySessions}. */
    public static final class Builder extends PolicyBuilder<Builder> {
        private long maxEntries = 100_000; // 15 MB
        private byte @Nullable [] secret;

        private Builder(ServerPool pool) {
            super(pool);
        }

        @Override
        Builder self() {
            return this;
        }

        /**
         * Sets how many sessions may be elsewhere than at home; 100,000 unless given, which is 15 MB. One too many sends one
         * home.
         *
         * @param maxEntries at least 1
         * @return this
         */
        public Builder maxEntries(long maxEntries) {
            if (maxEntries < 1) throw new IllegalArgumentException("maxEntries must be at least 1, was " + maxEntries);
            this.maxEntries = maxEntries;
            return this;
        }

        /**
         * Makes homes depend on a secret, the same in all processes, so that nobody can choose keys that share a home. Without
         * it whoever knows the servers' ids can.
         *
         * @param secret at least 32 random bytes; copied
         * @return this
         * @throws IllegalArgumentException if it is shorter
         */
        public Builder secret(byte[] secret) {
            this.secret = Keyring.checked("secret", given("secret", secret));
            return this;
        }

        /**
         * Builds it.
         *
         * @return the sessions, to be kept
         */
        public StickySessions build() {
            return new StickySessions(this);
        }

        /** Nothing of the secret. */
        @Override
        public String toString() {
            return "builder of sticky sessions";
        }
    }
}
