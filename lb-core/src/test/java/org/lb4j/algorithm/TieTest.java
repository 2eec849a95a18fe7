package org.lb4j.algorithm;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TieTest {
    @ParameterizedTest
    @ValueSource(doubles = {0, 1, -1, 3e15, -3e15, 1e-300})
    void aNumberIsNotBelowItselfButTiesWithIt(double cost) {
        assertThat(Tie.below(cost, cost)).isFalse();
        assertThat(Tie.with(cost, cost)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(doubles = {1, -1, 1e15, -1e15})
    void theLastBitDecidesNothing(double cost) {
        assertThat(Tie.below(Math.nextDown(cost), cost)).isFalse();
        assertThat(Tie.with(Math.nextUp(cost), cost)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(doubles = {1, -1, 1e15, -1e15})
    void aMillionthDecides(double cost) {
        double less = cost - Math.abs(cost) * 1e-6;
        assertThat(Tie.below(less, cost)).isTrue();
        assertThat(Tie.with(cost, less)).isFalse();
    }

    @Test
    void whatIsExcludedTiesWithItselfAndLosesToAnything() {
        double excluded = Double.POSITIVE_INFINITY;
        assertThat(Tie.below(excluded, excluded)).isFalse();
        assertThat(Tie.with(excluded, excluded)).isTrue();
        assertThat(Tie.below(1e300, excluded)).isTrue();
    }

    @Test
    void theUnknownNeitherWinsNorTies() {
        assertThat(Tie.below(Double.NaN, 1)).isFalse();
        assertThat(Tie.with(Double.NaN, 1)).isFalse();
        assertThat(Tie.below(1, Double.NaN)).isFalse();
        assertThat(Tie.with(1, Double.NaN)).isFalse();
    }
}
