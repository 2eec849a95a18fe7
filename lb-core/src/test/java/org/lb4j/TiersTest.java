package org.lb4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.lb4j.testing.ManualTicker;
import org.lb4j.testing.Pools;

/** Tiers of priority: who carries how much. Without panic, which has a test of its own. */
final class TiersTest {
    private static ServerPool pool(double overprovision, List<String> members) {
        ServerPool.Builder settings =
                Pools.settings(new ManualTicker()).panicThreshold(0).overprovision(overprovision);
        return Pools.of(settings, members.toArray(String[]::new));
    }

    /** Each tier's share of the traffic, if so much of each tier's weight is well. */
    private static double[] loads(double overprovision, int... wellPercent) {
        List<String> members = new ArrayList<>();
        for (int p = 0; p < wellPercent.length; p++) {
            members.add("w" + p + "*" + wellPercent[p] + "#" + p);
            members.add("f" + p + "*" + (100 - wellPercent[p]) + "#" + p + ":check");
        }
        Map<String, Double> weights = Seen.weights(pool(overprovision, members));
        double total = 0;
        double inUse = 0;
        for (int p = 0; p < wellPercent.length; p++) {
            total += weights.get("w" + p);
            if (weights.get("w" + p) > 0) inUse += wellPercent[p];
        }
        assertThat(total).as("as much as the tiers in use have of their own").isCloseTo(inUse, within(1e-9));
        double[] loads = new double[wellPercent.length];
        for (int p = 0; p < loads.length; p++) loads[p] = weights.get("w" + p) / total;
        return loads;
    }

    private static void assertLoads(double[] loads, double... expected) {
        assertThat(loads).containsExactly(expected, within(1e-12));
    }

    @ParameterizedTest
    @CsvSource({"100, 1", "72, 1", "71, .994", "50, .70", "25, .35", "0, 0"})
    void whatTheFirstTierCanNotCarrySpillsOver(int wellPercent, double load) {
        assertLoads(loads(1.4, wellPercent, 100), load, 1 - load);
    }

    @Test
    void tiersThatCanNotCarryAllTogetherShareByWhatTheyCan() {
        assertLoads(loads(1.4, 25, 25), .5, .5);
        assertLoads(loads(1.4, 25, 25, 20), .35 / .98, .35 / .98, .28 / .98);
        assertLoads(loads(1.4, 20, 20, 20), 1 / 3.0, 1 / 3.0, 1 / 3.0);
    }

    @Test
    void theLastTierTakesTheRest() {
        assertLoads(loads(1.4, 25, 25, 100), .35, .35, .30);
    }

    @Test
    void withoutOverprovisionATierCarriesItsShareAlone() {
        assertLoads(loads(1.0, 50, 50), .5, .5);
        assertLoads(loads(1.0, 99, 100), .99, .01);
    }

    @Test
    void whatNobodyNeedsGetsNothingToTheBit() {
        assertThat(loads(1.0, 34, 66, 100)[2]).isZero();
        for (int well = 0; well <= 100; well++)
            assertThat(loads(1.0, well, 100 - well, 100)[2])
                    .as("%d%% well", well)
                    .isZero();
    }

    @Test
    void loadsSumToOne() {
        Random random = new Random(1);
        for (int round = 0; round < 200; round++) {
            int[] well = random.ints(1 + random.nextInt(5), 0, 101).toArray();
            well[random.nextInt(well.length)] = 1 + random.nextInt(100);
            double sum = Arrays.stream(loads(1 + random.nextDouble(), well)).sum();
            assertThat(sum).as("%s, seed 1", Arrays.toString(well)).isCloseTo(1, within(1e-12));
        }
    }

    @Test
    void oneTierIsLeftAsItIs() {
        assertThat(Seen.weights(pool(1.4, List.of("a*3#7", "b#7:check", "c*2#7"))))
                .isEqualTo(Map.of("a", 3.0, "b", 0.0, "c", 2.0));
    }

    @Test
    void aTierThatCarriesAllKeepsItsWeightsToTheBit() {
        assertThat(Seen.weights(pool(1.4, List.of("a*3", "b*7", "c*5#1"))))
                .isEqualTo(Map.of("a", 3.0, "b", 7.0, "c", 0.0));
        assertThat(Seen.weights(pool(1.4, List.of("a*3:check", "b*7:admin", "c*5#1", "d*9#1"))))
                .isEqualTo(Map.of("a", 0.0, "b", 0.0, "c", 5.0, "d", 9.0));
    }

    @Test
    void insideATierLoadIsByWeight() {
        Map<String, Double> weights = Seen.weights(pool(1.4, List.of("a*1", "b*3", "x*4:check", "c*6#1", "d*2#1")));
        assertThat(weights.get("b") / weights.get("a")).isCloseTo(3, within(1e-12));
        assertThat(weights.get("c") / weights.get("d")).isCloseTo(3, within(1e-12));
        assertThat(weights.get("a") + weights.get("b")).isCloseTo(.7 * 12, within(1e-12));
        assertThat(weights.get("c") + weights.get("d")).isCloseTo(.3 * 12, within(1e-12));
    }

    @Test
    void numbersMayHaveGaps() {
        assertThat(Seen.weights(pool(1.4, List.of("b#70:check", "a*2#3:check", "c#1000"))))
                .isEqualTo(Map.of("a", 0.0, "b", 0.0, "c", 1.0));
    }

    @Test
    void aTierOfWhichNothingCountsIsSkipped() {
        assertThat(Seen.weights(pool(1.4, List.of("a:admin", "b*0", "c*3#1"))))
                .isEqualTo(Map.of("a", 0.0, "b", 0.0, "c", 3.0));
        assertThat(Seen.weights(pool(1.4, List.of("a*3", "b*0#1", "c*3#2")))).containsEntry("c", 0.0);
    }

    @Test
    void aDrainedServerDoesNotMakeItsTierLookIll() {
        assertThat(Seen.weights(pool(1.4, List.of("a", "b:drain", "c:drain", "d:drain", "e#1"))))
                .containsEntry("e", 0.0)
                .containsEntry("a", 1.0);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.9, 101, Double.NaN})
    void anOverprovisionOutsideIsRefused(double factor) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ServerPool.builder().overprovision(factor))
                .withMessage("overprovision must be in [1, 100], was " + factor);
    }
}
