package org.lb4j;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

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
        List<String> twice = new ArrayList<>();
        for (Server server : all) {
            if (server == null) throw new IllegalArgumentException("the source brought a list with null in it");
            if (unique.put(server.id(), server) != null) twice.add(server.id());
        }
        if (unique.isEmpty()) {
            tell(PoolEvent.Kind.EMPTY_REFUSED, "the source brought an empty list: the last good one stays");
            return;
        }
        pool.update(new ArrayList<>(unique.values()));
        for (String id : twice)
            tell(PoolEvent.Kind.DUPLICATE, "the source brought server id \"" + id + "\" twice: the last one counts");
        first.countDown();
    }

    @Override
    public void failed(Throwable cause) {
        if (!pool.state().closed()) tell(PoolEvent.Kind.SOURCE_FAILED, String.valueOf(cause));
    }

    private void tell(PoolEvent.Kind kind, String evidence) {
        pool.ledger().listeners().tell(kind, null, evidence);
    }

    boolean awaitFirst(Duration atMost) throws InterruptedException {
        return first.await(atMost.toNanos(), TimeUnit.NANOSECONDS);
    }
}
