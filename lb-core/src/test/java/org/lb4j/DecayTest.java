package org.lb4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class DecayTest {
    private static final Decay SECOND = Decay.over(Duration.ofSeconds(1));

    @Test
    void nothingIsLostInNoTimeAndNothingBeforeIt() {
        assertThat(SECOND.after(0)).isOne();
        assertThat(SECOND.after(-1)).isOne();
        assertThat(SECOND.after(Long.MIN_VALUE)).isOne();
    }

    /** To the bit: the same on every JVM, or a tie would fall differently. */
    @Test
    void valuesAreTheSameEverywhere() {
        assertThat(SECOND.after(1)).isEqualTo(0x1.fffffff768fa1p-1);
        assertThat(SECOND.after(1_000_000)).isEqualTo(0x1.ff7cfe5860136p-1);
        assertThat(SECOND.after(1_000_000_000)).isEqualTo(0x1.78b563941fecp-2);
        assertThat(SECOND.after(11_000_000_000L)).isEqualTo(0x1.1835435527d7dp-16);
    }

    /** The promise of the class: never below e^(-t/tau), at most 2.2e-7 of it above. */
    @Test
    void itIsTheExponentialToTheSeventhDigit() {
        Random random = new Random(1);
        for (int i = 0; i < 200_000; i++) {
            long nanos = (long) (random.nextDouble() * (i % 2 == 0 ? 5e9 : 5e11));
            double exact = StrictMath.exp(-nanos / 1e9);
            assertThat(SECOND.after(nanos))
                    .as("after %d ns, seed 1", nanos)
                    .isBetween(exact * (1 - 1e-13), exact * (1 + 2.2e-7));
        }
    }

    @Test
    void itNeverRises() {
        double step = StrictMath.log(2) / 64 * 1e9;
        for (int i = 1; i < 64 * 20; i++) neverRisesAround((long) (i * step));
        Random random = new Random(2);
        for (int i = 0; i < 10_000; i++) neverRisesAround(random.nextLong(1_000_000_000_000L));
    }

    private static void neverRisesAround(long nanos) {
        double before = SECOND.after(nanos - 20);
        for (long at = nanos - 19; at < nanos + 20; at++) {
            double now = SECOND.after(at);
            assertThat(now).as("after %d ns", at).isLessThanOrEqualTo(before);
            before = now;
        }
    }

    @Test
    void inTheEndNothingIsLeft() {
        assertThat(SECOND.after(Duration.ofSeconds(690).toNanos())).isPositive();
        assertThat(SECOND.after(Duration.ofSeconds(700).toNanos())).isZero();
        assertThat(SECOND.after(Long.MAX_VALUE)).isZero();
        assertThat(Decay.over(Duration.ofNanos(1)).after(Long.MAX_VALUE)).isZero();
    }

    @Test
    void fasterIsAShorterTimeConstant() {
        assertThat(SECOND.times(4).after(1_000_000_000)).isCloseTo(StrictMath.exp(-4), within(1e-8));
        assertThat(SECOND.times(0.5).after(1_000_000_000)).isCloseTo(StrictMath.exp(-0.5), within(2e-7));
    }

    @Test
    void whatDoesNotFadeForwardIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Decay.over(Duration.ZERO))
                .withMessage("tau must be above 0, was PT0S");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SECOND.times(0))
                .withMessage("speed must be above 0, was 0.0");
        assertThatIllegalArgumentException().isThrownBy(() -> SECOND.times(Double.NaN));
    }

    @Test
    void aParabolaForgetsSlowlyAtFirstAndThenAll() {
        Decay memory = Decay.within(Duration.ofSeconds(10));
        assertThat(memory.after(-1)).isOne();
        assertThat(memory.after(0)).isOne();
        assertThat(memory.after(1_000_000_000L)).isCloseTo(0.99, within(1e-12));
        assertThat(memory.after(5_000_000_000L)).isCloseTo(0.75, within(1e-12));
        assertThat(memory.after(10_000_000_000L)).isZero();
        assertThat(memory.after(Long.MAX_VALUE)).isZero();
        assertThat(memory.times(2).after(2_500_000_000L)).isCloseTo(0.75, within(1e-12));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Decay.within(Duration.ofSeconds(-1)))
                .withMessage("memory must be above 0, was PT-1S");
    }
}
