package org.lb4j;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.lb4j.testing.ManualTicker;
import org.lb4j.testing.PlainDraw;
import org.lb4j.testing.Pools;
import org.lb4j.testing.Servers;
import org.lb4j.testing.Threads;

/** A source that delivers while people hold, scale and call. */
final class SourceStormTest {
    private static final long SEED = 20_260_104L;
    private static final int LISTS = 1000;

    @Test
    void theLastListCountsAndWhatPeopleSaidOfServersThatStayedHolds() throws Exception {
        AtomicReference<ServerSource.Listener> listener = new AtomicReference<>();
        ServerPool pool = Pools.settings(new ManualTicker())
                .source(taker -> {
                    listener.set(taker);
                    return () -> {};
                })
                .build();
        listener.get().servers(Servers.list("stays", "drains"));
        Selector selector = pool.selector(new PlainDraw());
        AtomicBoolean over = new AtomicBoolean();
        Threads.run(6, thread -> {
            Random random = new Random(SEED + thread);
            try {
                if (thread == 0) deliver(listener.get(), random);
                else if (thread == 1) pool.hold("drains", Hold.DRAIN);
                else while (!over.get()) disturb(pool, selector, random);
            } finally {
                if (thread != 1) over.set(true);
            }
        });
        assertThat(pool.members()).extracting(each -> each.server().id()).containsExactly("stays", "drains", "last");
        assertThat(Seen.status(pool, "drains").holds()).as("seed %d", SEED).containsExactly(Hold.DRAIN);
        assertThat(Seen.by(selector)).isEqualTo(Set.of("stays", "last"));
        assertThat(pool.inFlight()).isZero();
        assertThat(pool.faults()).isZero();
    }

    private static void deliver(ServerSource.Listener listener, Random random) {
        for (int i = 0; i < LISTS; i++) {
            List<Server> list = new ArrayList<>(Servers.list("stays*" + (1 + i % 3), "drains"));
            for (int j = random.nextInt(4); j > 0; j--) list.add(Servers.of("s" + random.nextInt(6)));
            Collections.shuffle(list, random);
            listener.servers(i % 10 == 9 ? List.of() : list);
        }
        listener.servers(Servers.list("stays", "drains", "last"));
    }

    private static void disturb(ServerPool pool, Selector selector, Random random) {
        selector.acquire().success();
        String id = "s" + random.nextInt(6);
        pool.hold(id, Hold.CHECK);
        pool.scale(id, "agent", random.nextDouble());
        pool.release(id, Hold.CHECK);
        pool.status();
    }
}
