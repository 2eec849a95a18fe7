package org.lb4j;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class DecayingWordTest {
    private static final long TICK = 1 << 18;
    private static final long NOW = 987_654 * TICK;

    @ParameterizedTest
    @ValueSource(doubles = {1, 1e3, 123_456_789, 1e12, 9e18, 0.015625})
    void theValueIsKeptAsAFloat(double value) {
        assertThat(DecayingWord.value(DecayingWord.of(value, NOW))).isCloseTo(value, Percentage.withPercentage(1e-5));
    }

    @Test
    void noValueReadsAsNothing() {
        assertThat(DecayingWord.of(0, 0)).isNotEqualTo(DecayingWord.NOTHING);
        assertThat(DecayingWord.of(Double.MIN_VALUE, 0)).isNotEqualTo(DecayingWord.NOTHING);
    }

    @Test
    void theAgeCountsFromTheStampInWholeTicks() {
        long word = DecayingWord.of(1, NOW);
        assertThat(DecayingWord.age(word, NOW)).isZero();
        assertThat(DecayingWord.age(word, NOW + TICK - 1)).isZero();
        assertThat(DecayingWord.age(word, NOW + 5 * TICK + 1)).isEqualTo(5 * TICK);
    }

    @Test
    void aStampThatLiesAheadHasNoAge() {
        assertThat(DecayingWord.age(DecayingWord.of(1, NOW), NOW - 100 * TICK)).isZero();
    }

    @ParameterizedTest
    @ValueSource(longs = {-TICK, -1, 0, Long.MAX_VALUE, Long.MIN_VALUE, (1L << 50) - 1})
    void theOriginOfTheClockDoesNotMatter(long start) {
        long from = start & -TICK;
        assertThat(DecayingWord.age(DecayingWord.of(1, from), from + 9 * TICK)).isEqualTo(9 * TICK);
    }

    @Test
    void twelveDaysOfSilenceAreTwelveDays() {
        long word = DecayingWord.of(1, NOW);
        for (int days : new int[] {6, 7, 12})
            assertThat(DecayingWord.age(word, NOW + Duration.ofDays(days).toNanos()))
                    .isBetween(
                            Duration.ofDays(days).toNanos() - TICK,
                            Duration.ofDays(days).toNanos());
    }

    @Test
    void aReaderWhoseClockIsSecondsOlderSeesNoAge() {
        long word = DecayingWord.of(1, NOW);
        assertThat(DecayingWord.age(word, NOW - Duration.ofSeconds(16).toNanos()))
                .isZero();
    }
}
