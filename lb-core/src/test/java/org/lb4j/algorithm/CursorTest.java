package org.lb4j.algorithm;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.lb4j.Roster;
import org.lb4j.testing.Rosters;
import org.lb4j.testing.Threads;

final class CursorTest {
    private static final long NEARLY_THE_LAST = Long.MAX_VALUE - 3;

    private final Roster dice = Rosters.of("a", "b");

    @ParameterizedTest
    @CsvSource({"1, 2", "1, 3", "1, 7", "3, 7", "618034, 1000002", "1327217885, 2147483648"})
    void theEndOfTheNumbersIsNoHiccup(long stride, long length) {
        Cursor cursor = new Cursor(dice, NEARLY_THE_LAST);
        long expected = NEARLY_THE_LAST % length;
        for (int i = 0; i < 100; i++) {
            assertThat(cursor.next(stride, length)).isEqualTo(expected);
            expected = (expected + stride) % length;
        }
    }

    @Test
    void anotherLengthGoesOnWhereItStood() {
        Cursor cursor = new Cursor(dice, 5);
        assertThat(cursor.next(1, 10)).isEqualTo(5);
        assertThat(cursor.next(1, 10)).isEqualTo(6);
        assertThat(cursor.next(1, 20)).isEqualTo(7);
        assertThat(cursor.next(1, 3)).isEqualTo(8 % 3);
        assertThat(cursor.next(1, 3)).isZero();
    }

    /** A cell alone is strictly in turn, so it is off by less than 1; the one that was there before the others is one more. */
    @Test
    void eightThreadsAreOffByAtMostOneACell() throws Exception {
        int length = 7;
        int picksEach = 200_000;
        Cursor cursor = new Cursor(dice, NEARLY_THE_LAST);
        AtomicIntegerArray counts = new AtomicIntegerArray(length);
        Threads.run(8, thread -> {
            int[] own = new int[length];
            for (int i = 0; i < picksEach; i++) own[(int) cursor.next(1, length)]++;
            for (int i = 0; i < length; i++) counts.addAndGet(i, own[i]);
        });
        int cells = Integer.highestOneBit(2 * Runtime.getRuntime().availableProcessors() - 1);
        double due = 8.0 * picksEach / length;
        for (int i = 0; i < length; i++) assertThat((double) counts.get(i)).isBetween(due - cells - 1, due + cells + 1);
    }
}
