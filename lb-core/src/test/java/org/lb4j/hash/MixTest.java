package org.lb4j.hash;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

final class MixTest {
    @Test
    void publishedVectorsAreMet() {
        assertThat(Mix.mix(0)).isZero();
        assertThat(Mix.mix(1)).isEqualTo(0x5692161d100b05e5L);
    }

    /** Mean of 64 * 2000 coin tosses: sd 0.089 bits, so 0.6 off has a chance below 10^-10. */
    @Test
    void oneBitOfTheQuestionTurnsHalfOfTheAnswer() {
        Random random = new Random(1);
        long turned = 0;
        int rounds = 2000;
        for (int i = 0; i < rounds; i++) {
            long number = random.nextLong();
            turned += Long.bitCount(Mix.mix(number) ^ Mix.mix(number ^ 1L << i % 64));
        }
        assertThat((double) turned / rounds).isBetween(31.4, 32.6);
    }
}
