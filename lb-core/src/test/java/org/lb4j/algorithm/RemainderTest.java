package org.lb4j.algorithm;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

final class RemainderTest {
    private static final long[] DIVISORS = {
        2, 3, 4, 5, 7, 10, 64, 65_536, 65_537, 655_373, 5_000_011, 1L << 53, 1L << 62
    };

    @Test
    void itIsTheUnsignedRemainder() {
        Random random = new Random(1);
        for (long divisor : DIVISORS) {
            Remainder remainder = new Remainder(divisor);
            for (int i = 0; i < 20_000; i++) {
                long h = random.nextLong();
                assertThat(remainder.of(h)).as("%d mod %d", h, divisor).isEqualTo(Long.remainderUnsigned(h, divisor));
            }
        }
    }

    @Test
    void theEdgesAreRight() {
        for (long divisor : DIVISORS) {
            Remainder remainder = new Remainder(divisor);
            long greatestMultiple = Long.divideUnsigned(-1, divisor) * divisor;
            for (long middle : new long[] {0, divisor, greatestMultiple, Long.MIN_VALUE, Long.MAX_VALUE, -1})
                for (long h = middle - 3; h != middle + 3; h++)
                    assertThat(remainder.of(h))
                            .as("%s mod %d", Long.toUnsignedString(h), divisor)
                            .isEqualTo(Long.remainderUnsigned(h, divisor));
        }
    }
}
