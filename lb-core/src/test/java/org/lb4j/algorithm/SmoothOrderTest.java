package org.lb4j.algorithm;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The published orders and traces of nginx since 2012. */
final class SmoothOrderTest {
    @ParameterizedTest
    @CsvSource({"'5,1,1', aabacaa", "'1,2', bab", "'4,3,2', abcabacba", "'3,1', aaba"})
    void eachMemberComesByItsWeightAndNotInABurst(String weights, String order) {
        assertThat(letters(SmoothOrder.of(ints(weights)))).isEqualTo(order);
    }

    @Test
    void creditsAfterEachStepAreThePublishedOnes() {
        int[][] published = {{-2, 1, 1}, {-4, 2, 2}, {1, -4, 3}, {-1, -3, 4}, {4, -2, -2}, {2, -1, -1}, {0, 0, 0}};
        int[] weights = {5, 1, 1};
        int[] credit = new int[3];
        for (int[] expected : published) {
            SmoothOrder.step(weights, credit, 7);
            assertThat(credit).containsExactly(expected);
        }
    }

    private static int[] ints(String list) {
        return java.util.Arrays.stream(list.split(","))
                .mapToInt(Integer::parseInt)
                .toArray();
    }

    private static String letters(short[] order) {
        StringBuilder letters = new StringBuilder();
        for (short index : order) letters.append((char) ('a' + index));
        return letters.toString();
    }
}
