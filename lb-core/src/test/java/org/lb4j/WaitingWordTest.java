package org.lb4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class WaitingWordTest {
    private static final long TICK = 1 << 14;
    private static final long NOW = 123_456 * TICK;

    @Test
    void nobodyWaitsInZero() {
        assertThat(WaitingWord.count(0)).isZero();
        assertThat(WaitingWord.meanAge(0, NOW)).isZero();
    }

    @Test
    void oneCallIsAsOldAsTheTimeSinceItsStart() {
        long word = WaitingWord.started(NOW);
        assertThat(WaitingWord.count(word)).isOne();
        assertThat(WaitingWord.meanAge(word, NOW)).isZero();
        assertThat(WaitingWord.meanAge(word, NOW + 7 * TICK)).isEqualTo(7.0 * TICK);
    }

    @Test
    void theMeanIsOverAllThatWait() {
        long word =
                WaitingWord.started(NOW) + WaitingWord.started(NOW + 2 * TICK) + WaitingWord.started(NOW + 7 * TICK);
        assertThat(WaitingWord.count(word)).isEqualTo(3);
        assertThat(WaitingWord.meanAge(word, NOW + 9 * TICK)).isEqualTo((9 + 7 + 2) * TICK / 3.0);
    }

    @Test
    void anAgeIsExactToATick() {
        Random random = new Random(1);
        for (int i = 0; i < 1000; i++) {
            long start = random.nextLong();
            long age = random.nextLong(Duration.ofDays(100).toNanos());
            assertThat(WaitingWord.meanAge(WaitingWord.started(start), start + age))
                    .as("start %d, age %d, seed 1", start, age)
                    .isCloseTo((double) age, within((double) TICK));
        }
    }

    /** System.nanoTime() may begin anywhere: negative, about to pass 0, about to overflow. */
    @ParameterizedTest
    @ValueSource(longs = {-12345, -TICK, -1, 0, Long.MAX_VALUE, Long.MAX_VALUE - TICK, Long.MIN_VALUE})
    void theOriginOfTheClockDoesNotMatter(long start) {
        long word = WaitingWord.started(start);
        assertThat(WaitingWord.meanAge(word, start + 1000 * TICK)).isEqualTo(1000.0 * TICK);
        assertThat(word - WaitingWord.started(start)).isZero();
    }

    @Test
    void aReaderWhoseClockIsOlderSeesNoAge() {
        long word = WaitingWord.started(NOW) + WaitingWord.started(NOW + TICK);
        assertThat(WaitingWord.meanAge(word, NOW - TICK)).isZero();
        assertThat(WaitingWord.meanAge(word, NOW - Duration.ofHours(2).toNanos()))
                .isZero();
    }

    @Test
    void allThatStartedAndEndedLeaveZeroInWhateverOrder() {
        Random random = new Random(2);
        List<Long> starts = new ArrayList<>();
        for (int i = 0; i < 10_000; i++) starts.add(random.nextLong());
        long word = 0;
        for (long start : starts) word += WaitingWord.started(start);
        assertThat(WaitingWord.count(word)).isEqualTo(10_000);
        Collections.shuffle(starts, random);
        for (long start : starts) word -= WaitingWord.started(start);
        assertThat(word).isZero();
    }

    @Test
    void sixteenMillionCallsFit() {
        int most = (1 << 24) - 1;
        long word = most * WaitingWord.started(NOW);
        assertThat(WaitingWord.count(word)).isEqualTo(most);
        assertThat(WaitingWord.meanAge(word, NOW + 3 * TICK)).isEqualTo(3.0 * TICK);
    }

    /** The sum has 40 bits: 208 days of one call, five hours of a thousand. Beyond, the age reads as 0 for a while. */
    @Test
    void ageIsKnownUpToTheBoundOfTheSum() {
        long bound = (1L << 40) - (1L << 30) - 1;
        assertThat(WaitingWord.meanAge(WaitingWord.started(0), bound * TICK)).isEqualTo((double) bound * TICK);
        assertThat(WaitingWord.meanAge(WaitingWord.started(0), (bound + 1) * TICK))
                .isZero();
        long age = bound / 1000 * TICK;
        assertThat(WaitingWord.meanAge(1000 * WaitingWord.started(NOW), NOW + age))
                .isEqualTo((double) age);
    }
}
