package org.lb4j.sticky;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.RemovalCause;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.lb4j.Ticker;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The sessions that are not at home, and where they are. In a healthy pool it is empty, so losing an entry sends a session
 * home, where it most likely is already; and a client that invents session ids fills nothing (but see D29).
 */
final class Deviations {
    private static final Logger log = LoggerFactory.getLogger(StickySessions.class);
    private static final double NEARLY_FULL = 0.9;

    private final Cache<Session, String> servers; // ids: neither a server nor a member is kept from being collected
    private final Hmac names = new Hmac(Hmac.randomKey());
    private final long maxEntries;
    private final LongAdder evicted = new LongAdder();
    private final Seldom warnings;

    /** A session, by a digest under a key of this process alone: its id does not stay in memory. */
    record Session(long high, long low) {}

    Deviations(long maxEntries, Duration maxIdle, Duration maxLife, Ticker ticker) {
        this.maxEntries = maxEntries;
        this.warnings = new Seldom(ticker);
        this.servers = Caffeine.newBuilder()
                .maximumSize(maxEntries)
                .expireAfterAccess(maxIdle)
                .expireAfterWrite(maxLife)
                .ticker(ticker::nanos)
                .executor(Runnable::run) // no thread of its own
                .removalListener(
                        (@Nullable Session session, @Nullable String server, RemovalCause cause) -> removed(cause))
                .build();
    }

    private Session session(String id) {
        ByteBuffer digest = ByteBuffer.wrap(names.of(id.getBytes(StandardCharsets.UTF_8)));
        return new Session(digest.getLong(), digest.getLong());
    }

    boolean isEmpty() {
        return servers.estimatedSize() == 0;
    }

    /** The id of the session's server; null: it is at home. */
    @Nullable
    String find(String id) {
        return isEmpty() ? null : servers.getIfPresent(session(id)); // steady state: not even a digest
    }

    /**
     * Moves a session that was seen somewhere; if somebody else has moved it since, that stands.
     *
     * @param seen where it was; null: at home
     * @param next where it is; null: at home
     */
    void move(String id, @Nullable String seen, @Nullable String next) {
        if (Objects.equals(seen, next)) return;
        servers.asMap().compute(session(id), (session, now) -> Objects.equals(now, seen) ? next : now);
        if (next != null) warnIfNearlyFull();
    }

    /**
     * Puts a session somewhere, wherever it was.
     *
     * @return whether it was not there already
     */
    boolean put(String id, String server) {
        boolean news = !server.equals(servers.asMap().put(session(id), server));
        warnIfNearlyFull();
        return news;
    }

    /** Sends a session home. */
    void forget(String id) {
        if (!isEmpty()) servers.invalidate(session(id));
    }

    /** How many; takes out what has expired first. */
    long size() {
        servers.cleanUp();
        return servers.estimatedSize();
    }

    /** How many were dropped because the table was full. */
    long evicted() {
        return evicted.sum();
    }

    private void removed(RemovalCause cause) {
        if (cause != RemovalCause.SIZE) return;
        evicted.increment();
        warn();
    }

    private void warnIfNearlyFull() {
        if (servers.estimatedSize() > NEARLY_FULL * maxEntries) warn();
    }

    private void warn() {
        if (warnings.now())
            log.warn(
                    "The table of sessions that are not at home is nearly full: {} of {} entries, {} dropped so far",
                    servers.estimatedSize(),
                    maxEntries,
                    evicted());
    }
}
