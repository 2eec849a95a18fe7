package org.lb4j;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.lb4j.testing.ManualTicker;
import org.lb4j.testing.Pools;
import org.lb4j.testing.Threads;

/** What is told of panic when it begins and ends on several threads at once. */
final class PanicStormTest {
    @Test
    void itIsToldAsOftenThatItBeganAsThatItEndedAndOnceMoreWhileItIsOn() throws Exception {
        Events events = new Events();
        ServerPool pool = Pools.of(Pools.settings(new ManualTicker()).onChange(events), "a", "b", "c");
        pool.hold("a", Hold.CHECK);
        for (int round = 0; round < 300; round++) {
            Threads.run(3, thread -> {
                for (int i = 0; i < 3; i++)
                    if (thread > 0) pool.hold("b", Hold.CHECK);
                    else pool.release("b", Hold.CHECK);
            });
            int on = 0;
            for (PoolEvent each : events.taken()) {
                if (each.kind() == PoolEvent.Kind.PANIC) on++;
                if (each.kind() == PoolEvent.Kind.PANIC_OVER) on--;
            }
            assertThat(on).as("round %d", round).isEqualTo(pool.panic() ? 1 : 0);
            pool.release("b", Hold.CHECK);
            events.taken();
        }
    }
}
