package org.lb4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lb4j.testing.ManualTicker;
import org.lb4j.testing.PlainDraw;
import org.lb4j.testing.Pools;
import org.lb4j.testing.Servers;

/** Panic: too little is well, so servers that are held softly are used again. */
final class PanicTest {
    private final Events events = new Events();

    private ServerPool pool(String... members) {
        return Pools.of(Pools.settings(new ManualTicker()).onChange(events), members);
    }

    private ServerPool strict(String... members) {
        return Pools.of(Pools.settings(new ManualTicker()).panicThreshold(0), members);
    }

    @Test
    void twoOfSixLeftIsAPanicAndAllAreUsed() {
        ServerPool pool = pool("a", "b", "c:check", "d:check", "e:outlier", "f:outlier");
        assertThat(pool.panic()).isTrue();
        assertThat(Seen.weights(pool).values()).containsOnly(1.0);
        assertThat(Seen.by(pool.selector(new PlainDraw()))).hasSize(6);
    }

    @Test
    void fourOfSixAndThreeOfSixAreNone() {
        ServerPool four = pool("a", "b", "c", "d", "e:check", "f:check");
        assertThat(four.panic()).isFalse();
        assertThat(Seen.by(four.selector(new PlainDraw()))).containsExactlyInAnyOrder("a", "b", "c", "d");
        assertThat(pool("a", "b", "c", "d:check", "e:check", "f:check").panic()).isFalse();
    }

    @Test
    void itIsMeasuredInWeight() {
        assertThat(pool("a*6", "b:check", "c:check", "d:check").panic()).isFalse();
        assertThat(pool("a", "b", "c", "d*6:check").panic()).isTrue();
    }

    @Test
    void whatIsTakenOutOrDrainsIsNoPanic() {
        ServerPool pool = pool("a", "b:admin", "c:drain", "d:drain", "e:admin", "f:admin");
        assertThat(pool.panic()).isFalse();
        assertThat(Seen.by(pool.selector(new PlainDraw()))).containsExactly("a");
    }

    @Test
    void whatIsTakenOutOrDrainsIsNotUsedInPanicEither() {
        ServerPool pool = pool("a", "b:check", "c:check", "d:admin", "e:drain", "f:check");
        pool.hold("f", Hold.DRAIN);
        assertThat(pool.panic()).isTrue();
        assertThat(Seen.by(pool.selector(new PlainDraw()))).containsExactlyInAnyOrder("a", "b", "c");
    }

    @Test
    void whatHasNoWeightCountsNowhere() {
        ServerPool pool = pool("a", "b", "c*0:check", "d*0:check", "e*0:check");
        assertThat(pool.panic()).isFalse();
        pool.scale("b", "agent", 0);
        assertThat(pool.panic()).isFalse();
    }

    @Test
    void factorsWeighInPanicToo() {
        ServerPool pool = pool("a", "b:check", "c:check", "d:check");
        pool.scale("b", "agent", 0.5);
        assertThat(Seen.weights(pool)).isEqualTo(Map.of("a", 1.0, "b", 0.5, "c", 1.0, "d", 1.0));
    }

    @Test
    void itEndsATenthAboveWhereItBegins() {
        ServerPool pool = pool("a", "b", "c:check", "d:check", "e:check", "f:check");
        pool.release("c", Hold.CHECK);
        assertThat(pool.panic()).isTrue();
        pool.release("d", Hold.CHECK);
        assertThat(pool.panic()).isFalse();
        pool.hold("d", Hold.CHECK);
        assertThat(pool.panic()).isFalse();
        pool.hold("c", Hold.CHECK);
        assertThat(pool.panic()).isTrue();
    }

    @Test
    void itEndsExactlyATenthAbove() {
        ServerPool pool = pool("a", "b", "c:check", "d:check", "e:check");
        assertThat(pool.panic()).isTrue();
        pool.release("c", Hold.CHECK);
        assertThat(pool.panic()).as("three of five are 0.6").isFalse();
    }

    @Test
    void tiersThatCarryExactlyAllAreNoPanic() {
        ServerPool.Builder settings =
                Pools.settings(new ManualTicker()).panicThreshold(1).overprovision(1);
        assertThat(Pools.of(settings, "a", "b:check", "c#1", "d#1:check").panic())
                .isFalse();
    }

    @Test
    void itIsToldWhenItBeginsAndWhenItEnds() {
        ServerPool pool = pool("a", "b", "c");
        events.taken();
        pool.change(edits -> {
            edits.hold("a", Hold.CHECK);
            edits.hold("b", Hold.CHECK);
        });
        assertThat(events.taken()).extracting(PoolEvent::kind).contains(PoolEvent.Kind.PANIC);
        pool.hold("c", Hold.OUTLIER);
        assertThat(events.taken()).extracting(PoolEvent::kind).containsExactly(PoolEvent.Kind.HELD);
        pool.change(edits -> {
            edits.release("a", Hold.CHECK);
            edits.release("b", Hold.CHECK);
        });
        assertThat(events.taken()).extracting(PoolEvent::kind).contains(PoolEvent.Kind.PANIC_OVER);
    }

    @Test
    void nobodyIsNoPanic() {
        assertThat(pool().panic()).isFalse();
        assertThat(pool("a:admin").panic()).isFalse();
        assertThat(pool("a*0").panic()).isFalse();
    }

    @Test
    void oneServerThatFailsItsChecksIsUsedAllTheSame() {
        ServerPool pool = pool("a:check");
        assertThat(pool.selector(new PlainDraw()).next()).isEqualTo(Servers.of("a"));
    }

    @Test
    void thresholdZeroIsNever() {
        ServerPool pool = strict("a:check", "b:outlier");
        assertThat(pool.panic()).isFalse();
        Selector selector = pool.selector(new PlainDraw());
        assertThatThrownBy(selector::next).isInstanceOf(NoServerAvailableException.class);
    }

    @Test
    void twoTiersOfFourAndSixWithNobodyWellShareByWeight() {
        ServerPool pool = pool("a*4:check", "b*6#1:outlier");
        assertThat(pool.panic()).isTrue();
        assertThat(Seen.weights(pool)).isEqualTo(Map.of("a", 4.0, "b", 6.0));
    }

    @Test
    void tiersOfFiveThreeAndTwoShareByWeightInPanic() {
        ServerPool pool = pool("a*5:check", "b*3#1:check", "c*2#2:check");
        assertThat(Seen.weights(pool)).isEqualTo(Map.of("a", 5.0, "b", 3.0, "c", 2.0));
    }

    @Test
    void aTierThatIsWellEnoughIsNoPanicWhateverTheOthersAre() {
        assertThat(pool("a:check", "b#1", "c#1", "d#1:check").panic()).isFalse();
    }

    @Test
    void tiersThatTogetherCarryAllAreNoPanicThoughEachIsBelow() {
        assertThat(pool("a*45", "b*55:check", "c*45#1", "d*55#1:check").panic()).isFalse();
        assertThat(pool("a*30", "b*70:check", "c*30#1", "d*70#1:check").panic()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(doubles = {-0.1, 1.1, Double.NaN})
    void aThresholdOutsideIsRefused(double threshold) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ServerPool.builder().panicThreshold(threshold))
                .withMessage("panicThreshold must be in [0, 1], was " + threshold);
    }
}
