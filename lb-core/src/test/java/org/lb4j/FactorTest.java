package org.lb4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lb4j.testing.ManualTicker;
import org.lb4j.testing.PlainDraw;
import org.lb4j.testing.Pools;
import org.lb4j.testing.Servers;

/** Factors on weights: one a source. */
final class FactorTest {
    private final Events events = new Events();
    private final ServerPool pool = Pools.of(Pools.settings(new ManualTicker()).onChange(events), "a*8", "b*2");

    @Test
    void theWeightIsTheConfiguredOneTimesAllFactors() {
        pool.scale("a", "checks", 0.5);
        pool.scale("a", "agent", 0.25);
        assertThat(Seen.weights(pool)).containsEntry("a", 1.0).containsEntry("b", 2.0);
    }

    @Test
    void aSourceHasOneFactorAndOneTakesItAway() {
        pool.scale("a", "checks", 0.5);
        pool.scale("a", "checks", 0.25);
        assertThat(Seen.weights(pool)).containsEntry("a", 2.0);
        pool.scale("a", "checks", 1);
        assertThat(Seen.weights(pool)).containsEntry("a", 8.0);
    }

    @Test
    void noSourceUndoesAnother() {
        pool.scale("a", "checks", 0);
        pool.scale("a", "agent", 0.5);
        pool.scale("a", "agent", 1);
        assertThat(Seen.weights(pool)).containsEntry("a", 0.0);
    }

    @Test
    void factorZeroIsNoNewTraffic() {
        Selector selector = pool.selector(new PlainDraw());
        pool.scale("a", "checks", 0);
        assertThat(Seen.by(selector)).containsExactly("b");
    }

    @Test
    void aNewConfiguredWeightKeepsTheFactors() {
        pool.scale("a", "checks", 0.5);
        pool.update(Servers.list("a*100", "b*2"));
        assertThat(Seen.weights(pool)).containsEntry("a", 50.0);
    }

    @ParameterizedTest
    @ValueSource(doubles = {-0.1, 1.5, Double.NaN, Double.POSITIVE_INFINITY})
    void aFactorOutsideIsRefused(double factor) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> pool.scale("a", "checks", factor))
                .withMessage("factor must be in [0, 1], was " + factor);
    }

    @Test
    void eachChangeIsToldOnce() {
        events.taken();
        pool.scale("a", "checks", 0.5);
        pool.scale("a", "checks", 0.5);
        pool.scale("b", "checks", 1);
        assertThat(events.texts()).containsExactly("SCALED a: checks says 0.5, weight 4.0");
    }
}
