package org.lb4j.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.lb4j.health.testing.ManualScheduler;
import org.lb4j.testing.ManualTicker;

/** A timer whose clock and the pool's do not agree to the nanosecond. */
final class AlarmTest {
    private static final long LAG = 1_000_000;

    @Test
    void oneThatRingsAMillisecondEarlyRingsAgain() {
        ManualTicker ticker = new ManualTicker();
        ManualScheduler scheduler = new ManualScheduler(ticker);
        List<Long> rung = new ArrayList<>();
        Alarm[] alarm = new Alarm[1];
        long due = ticker.nanos() + 1_000_000_000L;
        // The pool's clock is behind by a millisecond, but only until that has gone by once more.
        boolean[] behind = {true};
        alarm[0] = new Alarm(scheduler, ticker, () -> {
            rung.add(ticker.nanos());
            long now = ticker.nanos() - (behind[0] ? LAG : 0);
            behind[0] = false;
            if (now - due < 0) alarm[0].set(due);
        });
        alarm[0].set(due);
        scheduler.advance(java.time.Duration.ofSeconds(2));
        assertThat(rung).hasSize(2);
        alarm[0].clear();
        assertThat(scheduler.waiting()).isZero();
    }
}
