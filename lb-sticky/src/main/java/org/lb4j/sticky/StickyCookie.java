package org.lb4j.sticky;

import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.lb4j.Selector;
import org.lb4j.ServerPool;
import org.lb4j.algorithm.Algorithms;

/**
 * Stickiness by a signed cookie of our own: for gateways and servers that call on behalf of a browser. Nothing is kept in
 * memory, and all processes with the same key and server ids agree.
 *
 * <p>A gateway:
 *
 * <pre>{@code
 * ServerPool pool = ServerPool.of("http://10.0.0.1:8080", "http://10.0.0.2:8080");
 * Selector selector = pool.selector(Algorithms.adaptive());
 * StickyCookie cookies = StickyCookie.builder(pool).key(secret).build();
 * HttpClient client = HttpClient.newHttpClient();
 * HttpServer gateway = HttpServer.create(new InetSocketAddress(port), 0);
 * gateway.createContext("/", exchange -> {
 *     StickyVisit visit = cookies.read(exchange.getRequestHeaders().get("Cookie"));
 *     try (exchange; Lease lease = selector.acquire(visit.context())) {
 *         URI uri = lease.server().resolve(exchange.getRequestURI().toString());
 *         HttpResponse<byte[]> response = client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofByteArray());
 *         lease.success();
 *         Settled settled = visit.settle(lease.server());
 *         if (settled.setCookie() != null) exchange.getResponseHeaders().add("Set-Cookie", settled.setCookie());
 *         exchange.sendResponseHeaders(response.statusCode(), response.body().length == 0 ? -1 : response.body().length);
 *         exchange.getResponseBody().write(response.body());
 *     } catch (InterruptedException e) {
 *         Thread.currentThread().interrupt();
 *     }
 * });
 * gateway.start();
 * }</pre>
 *
 * <p>A response with {@code Set-Cookie} is for one client: see that no shared cache keeps it. Over plain http browsers drop
 * the default cookie; there say {@code .name("lb").secure(false)}.
 *
 * <p>The pool holds it weakly: make one and keep it. For any number of threads.
 */
public final class StickyCookie {
    private final CookieParts parts;
    private final String description;

    private StickyCookie(Builder builder) {
        Lifetime lifetime = Lifetime.of(builder.maxIdle(), builder.maxLife());
        CookieText text = builder.attributes.text(builder.maxLife());
        Keyring keys = new Keyring(builder.scope, builder.key, builder.accepted);
        Mint mint = new Mint(builder.pool(), keys, new Minutes(builder.clock), lifetime, text);
        Policy policy = builder.policy();
        Selector standIns = policy.goesHome() ? builder.pool().selector(Algorithms.rendezvous()) : null;
        this.parts = new CookieParts(new Judge(builder.pool(), policy), new Outcomes(), mint, standIns);
        this.description = "sticky cookie " + text.name() + " of scope " + builder.scope;
    }

    /**
     * Begins a cookie for the servers of a pool.
     *
     * @param pool a pool or a view of one
     * @return its builder
     */
    public static Builder builder(ServerPool pool) {
        return new Builder(pool);
    }

    /**
     * Reads the cookie of a request. Whatever stands there, nothing is thrown, and nobody but a member is ever wished for.
     *
     * @param cookieHeaders the values of all its {@code Cookie} headers; null: it has none
     * @return the visit, to be settled once somebody serves it
     */
    public StickyVisit read(@Nullable Collection<String> cookieHeaders) {
        return CookieVisit.of(parts, cookieHeaders);
    }

    /**
     * Reads the cookie of a request that has one {@code Cookie} header at most.
     *
     * @param cookieHeader its value; null: it has none
     * @return the visit, to be settled once somebody serves it
     */
    public StickyVisit read(@Nullable String cookieHeader) {
        return read(cookieHeader == null ? null : Collections.singletonList(cookieHeader));
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

    /** Neither keys nor tokens. */
    @Override
    public String toString() {
        return description;
    }

    /** Builds a {@link StickyCookie}. */
    public static final class Builder extends PolicyBuilder<Builder> {
        private final CookieAttributes attributes = new CookieAttributes();
        private final List<byte[]> accepted = new ArrayList<>();
        private String scope = "default";
        private byte @Nullable [] key;
        private Clock clock = Clock.systemUTC();

        private Builder(ServerPool pool) {
            super(pool);
        }

        @Override
        Builder self() {
            return this;
        }

        /**
         * Sets the key that signs; the same in all processes. Without one each process has a random key, and says so once
         * by a WARN.
         *
         * @param key at least 32 random bytes; copied
         * @return this
         * @throws IllegalArgumentException if it is shorter
         */
        public Builder key(byte[] key) {
            this.key = Keyring.checked("key", given("key", key));
            return this;
        }

        /**
         * Adds a key that signed before: its cookies are known, and are issued anew under the first. To change keys without
         * losing sessions, let all processes accept the new one first, then sign with it, then drop the old one.
         *
         * @param key at least 32 bytes; copied
         * @return this
         * @throws IllegalArgumentException if it is shorter
         */
        public Builder alsoAccept(byte[] key) {
            accepted.add(Keyring.checked("accepted key", given("accepted key", key)));
            return this;
        }

        /**
         * Names what the cookie is for; "default" unless given. A cookie of one scope means nothing in another, so pools
         * that share a key need scopes of their own; and names of their own, if they are behind one host.
         *
         * @param scope any text
         * @return this
         */
        public Builder scope(String scope) {
            this.scope = given("scope", scope);
            return this;
        }

        /**
         * Names the cookie; {@code __Host-lb} unless given, which a browser takes from this very host over https only.
         *
         * @param name a token of RFC 9110, not beginning with {@code $}
         * @return this
         */
        public Builder name(String name) {
            attributes.name = given("name", name);
            return this;
        }

        /**
         * Sets where the browser sends it; {@code /} unless given.
         *
         * @param path begins with {@code /}
         * @return this
         */
        public Builder path(String path) {
            attributes.path = given("path", path);
            return this;
        }

        /**
         * Lets sub-domains have it too; not unless given.
         *
         * @param domain such as {@code example.org}; null: this host alone
         * @return this
         */
        public Builder domain(@Nullable String domain) {
            attributes.domain = domain;
            return this;
        }

        /**
         * Whether the browser sends it over https only; it does unless told otherwise.
         *
         * @param secure false for plain http
         * @return this
         */
        public Builder secure(boolean secure) {
            attributes.secure = secure;
            return this;
        }

        /**
         * Whether it is kept from scripts; it is unless told otherwise.
         *
         * @param httpOnly false to let scripts read it
         * @return this
         */
        public Builder httpOnly(boolean httpOnly) {
            attributes.httpOnly = httpOnly;
            return this;
        }

        /**
         * Sets which requests of other sites have it; {@link SameSite#LAX} unless given.
         *
         * @param sameSite which
         * @return this
         */
        public Builder sameSite(SameSite sameSite) {
            attributes.sameSite = given("sameSite", sameSite);
            return this;
        }

        /**
         * Whether a browser keeps one for each site that embeds this one; not unless told.
         *
         * @param partitioned true to keep them apart; needs {@code Secure}
         * @return this
         */
        public Builder partitioned(boolean partitioned) {
            attributes.partitioned = partitioned;
            return this;
        }

        /**
         * Whether the browser keeps it when it is closed, for what is left of {@code maxLife}; not unless told.
         *
         * @param persistent true to send {@code Max-Age}
         * @return this
         */
        public Builder persistent(boolean persistent) {
            attributes.persistent = persistent;
            return this;
        }

        /**
         * Sets the clock of the dates in tokens; the system's unless given. All else goes by the pool's ticker.
         *
         * @param clock a wall clock
         * @return this
         */
        public Builder clock(Clock clock) {
            this.clock = given("clock", clock);
            return this;
        }

        /**
         * Builds it.
         *
         * @return the cookie, to be kept
         * @throws IllegalArgumentException if a browser would not take such a cookie, or keys are accepted and none signs
         */
        public StickyCookie build() {
            return new StickyCookie(this);
        }

        /** Nothing of the keys. */
        @Override
        public String toString() {
            return "builder of a sticky cookie of scope " + scope;
        }
    }
}
