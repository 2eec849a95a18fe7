package org.lb4j;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.lb4j.hash.HashFunction;

/**
 * What one call wants of its pick: a key to follow, servers to avoid, a server to prefer. Immutable; make one and derive
 * others from it.
 *
 * <pre>{@code
 * Server home = selector.next(SelectionContext.key("user-42"));
 * Server other = selector.next(SelectionContext.key("user-42").excluding(home));   // a retry goes elsewhere
 * }</pre>
 */
public final class SelectionContext {
    private static final String[] NOBODY = {};
    private static final SelectionContext NONE = new SelectionContext(false, 0, null, NOBODY, null, false);

    private final boolean keyed;
    private final long hash;
    private final @Nullable String text;
    private final String[] excluded;
    private final @Nullable String preferred;
    private final boolean only;
    /** The last digest asked for; a race costs one digest more, and its fields are final, so none is seen half made. */
    private @Nullable Digest digest;

    private SelectionContext(
            boolean keyed,
            long hash,
            @Nullable String text,
            String[] excluded,
            @Nullable String preferred,
            boolean only) {
        this.keyed = keyed;
        this.hash = hash;
        this.text = text;
        this.excluded = excluded;
        this.preferred = preferred;
        this.only = only;
    }

    /**
     * No wish at all.
     *
     * @return always the same one
     */
    public static SelectionContext none() {
        return NONE;
    }

    /**
     * Follow a key: a session, a user, a URL, a client's address. The same key reaches the same server under the hash
     * algorithms. Hashed once, here, by XXH64 of its UTF-8 bytes; the text is kept for those who digest it themselves.
     *
     * @param key any text
     * @return a context with that key
     */
    public static SelectionContext key(CharSequence key) {
        String text = key.toString();
        return new SelectionContext(true, HashFunction.XXH64.hash(text), text, NOBODY, null, false);
    }

    /**
     * Follow a key that is hashed already; taken as it is (by {@code ketama()}: its low 32 bits).
     *
     * @param hash 64 well mixed bits
     * @return a context with that key
     */
    public static SelectionContext key(long hash) {
        return new SelectionContext(true, hash, null, NOBODY, null, false);
    }

    /**
     * That server or none: where {@link #preferring} would not have it, {@link NoServerAvailableException}.
     *
     * @param serverId which
     * @return a context for that server alone
     */
    public static SelectionContext only(String serverId) {
        if (serverId == null) throw new IllegalArgumentException("server id must be given, was null");
        return new SelectionContext(false, 0, null, NOBODY, serverId, true);
    }

    /**
     * Not this one again: for a retry. Honoured while another server is left. By id, so it holds for a server whose weight
     * or tags have changed since.
     *
     * @param tried the server to avoid
     * @return a context that avoids it too
     */
    public SelectionContext excluding(Server tried) {
        String id = tried.id();
        if (excludes(id)) return this;
        String[] more = Arrays.copyOf(excluded, excluded.length + 1);
        more[excluded.length] = id;
        return new SelectionContext(keyed, hash, text, more, preferred, only);
    }

    /**
     * That one if it may still be used, draining included: stickiness. Otherwise the algorithm picks.
     *
     * @param serverId which
     * @return a context that prefers it
     */
    public SelectionContext preferring(String serverId) {
        if (serverId == null) throw new IllegalArgumentException("server id must be given, was null");
        return new SelectionContext(keyed, hash, text, excluded, serverId, false);
    }

    /**
     * Whether there is a key.
     *
     * @return false: hash algorithms pick at random
     */
    public boolean hasKey() {
        return keyed;
    }

    /**
     * The key's hash.
     *
     * @return 64 bits; 0 without a key
     */
    public long keyHash() {
        return hash;
    }

    /**
     * The key's hash by a function of the picker's choice, kept for the next pick. A key that was given as a hash is taken
     * as it is, whatever the function.
     *
     * @param function MD5 or SHA-1, say
     * @return 64 bits, of a digest its first eight bytes, big-endian
     */
    public long keyHash(HashFunction function) {
        String key = text;
        if (key == null || function == HashFunction.XXH64) return hash;
        Digest known = digest;
        if (known == null || known.function != function) digest = known = new Digest(function, function.hash(key));
        return known.hash;
    }

    /**
     * Whether any server is to be avoided.
     *
     * @return false for most calls
     */
    public boolean excludesAny() {
        return excluded.length != 0;
    }

    /**
     * Whether a member is to be avoided.
     *
     * @param member which
     * @return true if its server was given to {@link #excluding}
     */
    public boolean excludes(Member member) {
        return excluded.length != 0 && excludes(member.server().id());
    }

    /**
     * Whether it is the one that {@link #preferring} or {@link #only} named: a retry leaves a session's home only when it
     * could not reach it.
     *
     * @param server which
     * @return true for that server
     */
    public boolean prefers(Server server) {
        return server.id().equals(preferred);
    }

    /** The preferred server's id; null: none. */
    @Nullable
    String preferred() {
        return preferred;
    }

    /** Whether nobody but the preferred server will do. */
    boolean isOnly() {
        return only;
    }

    private boolean excludes(String id) {
        for (String tried : excluded) if (tried.equals(id)) return true;
        return false;
    }

    @Override
    public String toString() {
        StringBuilder words = new StringBuilder("context(");
        if (keyed) words.append("key ").append(Long.toHexString(hash)).append(' '); // the text may be a secret
        if (preferred != null)
            words.append(only ? "only " : "preferring ").append(preferred).append(' ');
        if (excluded.length > 0)
            words.append("excluding ").append(Arrays.toString(excluded)).append(' ');
        return words.toString().trim() + ")";
    }

    private record Digest(HashFunction function, long hash) {}
}
