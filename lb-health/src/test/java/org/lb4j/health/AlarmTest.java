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
    void onlyWhatCameAfterItWasDueIsAnExcuse() {
        ManualTicker ticker = new ManualTicker();
        Alarm alarm = new Alarm(new ManualScheduler(ticker), ticker, () -> {});
        long due = ticker.nanos() + 10;
        alarm.set(due);
        alarm.excuse(due - 8, due - 5); // it was over in time
        assertThat(alarm.late(due + 20)).isEqualTo(20);
        alarm.excuse(due - 2, due + 3);
        assertThat(alarm.late(due + 20)).isEqualTo(17);
        alarm.excuse(due + 5, due + 9);
        assertThat(alarm.late(due + 20)).isEqualTo(13);
        alarm.set(due + 30);
        assertThat(alarm.late(due + 50)).isEqualTo(20);
    }

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
