package org.lb4j;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.lb4j.testing.PlainDraw;
import org.lb4j.testing.Pools;

/** Views and selectors belong to whoever made them: the pool holds them weakly. */
final class KeepingTest {
    private final ServerPool pool = Pools.of("a", "b", "c");
    private final AtomicInteger asked = new AtomicInteger();
    private int flips;

    /** Whether a change of the pool is none of theirs any more. */
    private boolean aChangeAsksNobody() {
        int before = asked.get();
        if (flips++ % 2 == 0) pool.hold("c", Hold.ADMIN);
        else pool.release("c", Hold.ADMIN);
        return asked.get() == before;
    }

    private Algorithm counting() {
        return (roster, before) -> {
            asked.incrementAndGet();
            return new PlainDraw().compile(roster, before);
        };
    }

    @Test
    void aSelectorThatNobodyKeepsIsForgotten() {
        assertThat(pool.selector(counting()).next()).isNotNull();
        Garbage.collectUntil(this::aChangeAsksNobody);
    }

    @Test
    void aViewThatNobodyKeepsIsForgotten() {
        assertThat(pool.where(server -> asked.incrementAndGet() > 0).members()).isNotEmpty();
        Garbage.collectUntil(this::aChangeAsksNobody);
    }

    @Test
    void aSelectorKeepsItsViewAndItsPool() {
        Selector selector = Pools.of("a", "b", "c")
                .where(server -> !server.id().equals("c"))
                .selector(counting());
        Garbage.collect();
        assertThat(Seen.by(selector)).containsExactlyInAnyOrder("a", "b");
    }

    @Test
    void whatIsKeptIsKeptUpToDate() {
        Selector selector = pool.selector(counting());
        ServerPool view = pool.where(server -> asked.incrementAndGet() > 0);
        Garbage.collect();
        assertThat(aChangeAsksNobody()).isFalse();
        assertThat(Seen.by(selector)).hasSize(2);
        assertThat(view.members()).hasSize(3);
    }
}
