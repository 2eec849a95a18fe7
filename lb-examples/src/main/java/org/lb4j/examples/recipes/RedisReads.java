package org.lb4j.examples.recipes;

import java.time.Duration;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.lb4j.SelectionContext;
import org.lb4j.Selector;
import org.lb4j.ServerPool;
import org.lb4j.algorithm.Algorithms;
import org.lb4j.failover.Failover;
import org.lb4j.failover.Failure;
import org.lb4j.failover.Repeat;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisDataException;

/**
 * Reads from Redis replicas, and from the next one if one fails.
 *
 * <pre>{@code
 * String name = reads.read(redis -> redis.get("user-42"));
 * }</pre>
 */
public final class RedisReads implements AutoCloseable {
    private final Selector selector;
    private final PerServer<RedisClient> clients;
    private final Failover failover = Failover.builder()
            .timeout(Duration.ofSeconds(5))
            .classifier(RedisReads::failure)
            .build();

    /**
     * Reads from the servers of a pool.
     *
     * @param replicas the pool
     */
    public RedisReads(ServerPool replicas) {
        selector = replicas.selector(Algorithms.adaptive());
        clients = new PerServer<>(
                replicas, server -> RedisClient.create(server.host(), server.port()), RedisClient::close);
    }

    /**
     * Reads.
     *
     * @param <T> what it brings
     * @param command reads only: it may be sent twice
     * @return what the command returned
     */
    public <T extends @Nullable Object> T read(Function<RedisClient, T> command) {
        return failover.call(
                selector,
                SelectionContext.none(),
                Repeat.FREELY,
                attempt -> command.apply(clients.of(attempt.server())));
    }

    /** Jedis throws runtime exceptions, and hides why it could not connect; null: what the cause says. */
    private static @Nullable Failure failure(Throwable thrown) {
        if (thrown instanceof JedisDataException answered) return notReady(answered) ? Failure.NOT_PROCESSED : null;
        if (!(thrown instanceof JedisConnectionException)) return null;
        for (Throwable reason : thrown.getSuppressed()) { // one for each address of the name
            if (Failure.of(reason) == Failure.NEVER_SENT) return Failure.NEVER_SENT;
        }
        return Failure.of(thrown) == Failure.LOCAL ? Failure.AMBIGUOUS : null;
    }

    /** A replica that starts, or has lost its primary and may not answer without it. */
    private static boolean notReady(JedisDataException answered) {
        String text = String.valueOf(answered.getMessage());
        return text.startsWith("LOADING") || text.startsWith("MASTERDOWN");
    }

    @Override
    public void close() {
        clients.close();
    }
}
