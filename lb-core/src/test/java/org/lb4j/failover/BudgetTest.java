package org.lb4j.failover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.Test;
import org.lb4j.testing.ManualTicker;
import org.lb4j.testing.Threads;

final class BudgetTest {
    private final LongAdder calls = new LongAdder();
    private final ManualTicker ticker = new ManualTicker();

    @Test
    void oneCallInFiveIsRepeated() {
        Purse purse = new Purse(Budget.of(0.2, 0), calls);
        calls.add(10);
        assertThat(granted(purse, 3)).isEqualTo(2);
        calls.add(4);
        assertThat(granted(purse, 1)).isZero();
        calls.add(1);
        assertThat(granted(purse, 2)).isEqualTo(1);
    }

    @Test
    void theFloorIsThereEachSecondAndIsNotSaved() {
        Purse purse = new Purse(Budget.of(0, 10), calls);
        assertThat(granted(purse, 15)).isEqualTo(10);
        ticker.advance(Duration.ofMillis(999));
        assertThat(granted(purse, 15)).isZero();
        ticker.advance(Duration.ofMillis(1));
        assertThat(granted(purse, 15)).isEqualTo(10);
        ticker.advance(Duration.ofMinutes(1));
        assertThat(granted(purse, 100)).isEqualTo(10);
    }

    @Test
    void whatWasEarnedIsKeptUpToTheBurst() {
        Purse purse = new Purse(Budget.of(0.2, 0).burst(100), calls);
        calls.add(10_000);
        assertThat(granted(purse, 150)).isEqualTo(100);
    }

    @Test
    void unlimitedNeverRefusesAndNoneAlwaysDoes() {
        assertThat(granted(new Purse(Budget.unlimited(), calls), 2_000_000)).isEqualTo(2_000_000);
        calls.add(1000);
        assertThat(granted(new Purse(Budget.none(), calls), 10)).isZero();
    }

    @Test
    void sixteenThreadsTogetherGetNotOneMore() throws Exception {
        Purse purse = new Purse(Budget.of(0.2, 10).burst(1_000_000), calls);
        AtomicInteger granted = new AtomicInteger();
        Threads.run(16, thread -> {
            for (int i = 0; i < 5000; i++) {
                calls.increment();
                if (purse.take(ticker.nanos())) granted.incrementAndGet();
            }
        });
        // the clock stands still, so the floor is granted once; what is left of the earnings is there to the last token
        assertThat(granted.get() + granted(purse, 20_000)).isEqualTo(16 * 5000 / 5 + 10);
    }

    @Test
    void theBoundHoldsFromTheFirstCallOnWhateverTheMix() {
        for (long seed = 1; seed <= 50; seed++) {
            Random random = new Random(seed);
            LongAdder count = new LongAdder();
            double ratio = random.nextInt(1000) / 1000.0;
            int floor = random.nextInt(20);
            Purse purse = new Purse(Budget.of(ratio, floor).burst(random.nextInt(50)), count);
            long begun = ticker.nanos();
            long paid = 0;
            for (int i = 0; i < 2000; i++) {
                if (random.nextInt(3) > 0) count.increment();
                else ticker.advance(Duration.ofMillis(random.nextInt(200)));
                if (purse.take(ticker.nanos())) paid++;
                long seconds = (ticker.nanos() - begun) / 1_000_000_000L;
                assertThat(paid * 1000)
                        .as("seed %d, step %d", seed, i)
                        .isLessThanOrEqualTo(Math.round(ratio * 1000) * count.sum() + floor * 1000L * (seconds + 1));
            }
        }
    }

    @Test
    void numbersOutsideAreRefusedWithTheirRange() {
        assertThatThrownBy(() -> Budget.of(10.5, 0)).hasMessage("budget ratio must be in [0, 10], was 10.5");
        assertThatThrownBy(() -> Budget.of(Double.NaN, 0)).hasMessage("budget ratio must be in [0, 10], was NaN");
        assertThatThrownBy(() -> Budget.of(0, -1)).hasMessage("budget floor must be in [0, 1000000], was -1.0");
        assertThatThrownBy(() -> Budget.of(0, 0).burst(2e6))
                .hasMessage("budget burst must be in [0, 1000000], was 2000000.0");
    }

    private int granted(Purse purse, int asked) {
        int granted = 0;
        for (int i = 0; i < asked; i++) if (purse.take(ticker.nanos())) granted++;
        return granted;
    }
}
