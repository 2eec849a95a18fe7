package org.lb4j;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.lb4j.testing.ManualTicker;
import org.lb4j.testing.PlainDraw;
import org.lb4j.testing.Pools;
import org.lb4j.testing.Threads;

/** Steps by time while many threads pick and another changes the pool. */
final class StepStormTest {
    private static final int STEPS = 2000;
    private static final int CHANGES = 500;

    private final ManualTicker ticker = new ManualTicker();
    private final AtomicInteger shaped = new AtomicInteger();
    private final AtomicLong latest = new AtomicLong();
    private final AtomicBoolean over = new AtomicBoolean();

    private Roster everyMicrosecond(Roster roster) {
        shaped.incrementAndGet();
        latest.accumulateAndGet(roster.now(), Math::max);
        return roster.until(roster.now() + 1000);
    }

    @Test
    void aStepIsShapedByOneThreadAndTheLastOneCounts() throws Exception {
        ServerPool pool = Pools.of(Pools.settings(ticker).shaper(this::everyMicrosecond), "a", "b", "c");
        Selector selector = pool.selector(new PlainDraw());
        Threads.run(6, thread -> {
            try {
                if (thread == 0) for (int i = 0; i < STEPS; i++) step(selector);
                else if (thread == 1) for (int i = 0; i < CHANGES; i++) pool.scale("a", "x", i % 2 / 2.0);
                else while (!over.get()) selector.next();
            } finally {
                if (thread != 1) over.set(true);
            }
        });
        selector.next();
        assertThat(latest.get()).isEqualTo(ticker.nanos());
        // One at first; then each step and each change once, and again only where the two met. Each thread for itself
        // would
        // be five times as many.
        assertThat(shaped.get()).isBetween(2, 1 + 2 * STEPS + 2 * CHANGES);
        assertThat(Seen.by(selector)).containsExactlyInAnyOrder("a", "b", "c");
    }

    private void step(Selector selector) {
        ticker.advance(Duration.ofNanos(1000));
        selector.next();
    }
}
