package org.lb4j;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** What a source brings, before it reaches the pool: stale beats empty, the last of two wins, and nothing is thrown back. */
final class SourceFeed implements ServerSource.Listener {
    private final PoolCore pool;
    private final CountDownLatch first = new CountDownLatch(1);

    SourceFeed(PoolCore pool) {
        this.pool = pool;
    }

    @Override
    public void servers(Collection<Server> all) {
        try {
            take(all);
        } catch (IllegalStateException closed) {
            // the pool was closed while the source was delivering: nobody is left to tell
            if (!pool.state().closed()) failed(closed);
        } catch (RuntimeException thrown) {
            failed(thrown);
        }
    }

    private void take(Collection<Server> all) {
        Map<String, Server> unique = new LinkedHashMap<>();
        List<Server> twice = new ArrayList<>();
        for (Server server : all) {
            if (server == null) throw new IllegalArgumentException("the source brought a list with null in it");
            if (unique.put(server.id(), server) != null) twice.add(server);
        }
        if (unique.isEmpty()) {
            tell(PoolEvent.Kind.EMPTY_REFUSED, null, "the source brought an empty list: the last good one stays");
            return;
        }
        pool.update(new ArrayList<>(unique.values()));
        for (Server server : twice)
            tell(PoolEvent.Kind.DUPLICATE, server, "the source brought this id twice: the last one counts");
        first.countDown();
    }

    @Override
    public void failed(Throwable cause) {
        if (!pool.state().closed()) tell(PoolEvent.Kind.SOURCE_FAILED, null, String.valueOf(cause));
    }

    private void tell(PoolEvent.Kind kind, @Nullable Server server, String evidence) {
        pool.ledger().listeners().tell(kind, server, evidence);
    }

    boolean awaitFirst(Duration atMost) throws InterruptedException {
        boolean ready = first.await(TimeUnit.NANOSECONDS.convert(atMost), TimeUnit.NANOSECONDS);
        return ready && !pool.state().closed();
    }

    /** The pool is closed: nobody need wait any longer. */
    void end() {
        first.countDown();
    }
}
