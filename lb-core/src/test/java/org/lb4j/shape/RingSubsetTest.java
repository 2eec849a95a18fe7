package org.lb4j.shape;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.lb4j.Roster;
import org.lb4j.testing.Rosters;

/** Finagle's deterministic aperture. */
final class RingSubsetTest {
    /** In order of id: 000, 001 and so on. */
    private static String[] names(int servers) {
        return IntStream.range(0, servers).mapToObj("%03d"::formatted).toArray(String[]::new);
    }

    private static Roster servers(int servers) {
        return Rosters.shaped(names(servers));
    }

    private static double[] weights(int servers, int size, int index, int clients) {
        return Weights.of(Shapers.subset(size, index, clients).shape(servers(servers)));
    }

    @Test
    void theFirstOfTwelveClientsHasTheFirstTwelveOfTwentyFour() {
        double[] weights = weights(24, 12, 0, 12);
        for (int i = 0; i < 24; i++) assertThat(weights[i]).isEqualTo(i < 12 ? 1 : 0);
    }

    /** Offset .25, width .75. */
    @Test
    void theSecondOfFourClientsHasServersFourToSeventeenAndHalfOfTheFirst() {
        double[] weights = weights(18, 12, 1, 4);
        for (int i = 0; i < 18; i++) assertThat(weights[i]).isEqualTo(i < 4 ? 0 : i == 4 ? 0.5 : 1);
    }

    @Test
    void theThirdOfFiveClientsHasAFifthOfServerTwoAndThreeToSix() {
        double[] weights = weights(7, 3, 2, 5);
        for (int i = 0; i < 7; i++) assertThat(weights[i]).isEqualTo(i < 2 ? 0 : i == 2 ? 0.2 : 1, within(1e-12));
    }

    @ParameterizedTest(name = "{0} clients, {1} servers, {2} each")
    @CsvSource({
        "10, 12, 5",
        "10, 12, 11",
        "7, 18, 12",
        "7, 18, 4",
        "300, 300, 30",
        "100, 20, 12",
        "1, 20, 12",
        "3, 50, 12",
        "17, 13, 1",
        "5, 7, 3"
    })
    void allClientsTogetherGiveEveryServerTheSame(int clients, int servers, int size) {
        Roster roster = servers(servers);
        double[] sums = new double[servers];
        for (int index = 0; index < clients; index++) {
            double[] weights = Weights.of(Shapers.subset(size, index, clients).shape(roster));
            assertThat(IntStream.range(0, servers).filter(i -> weights[i] > 0).count())
                    .isGreaterThanOrEqualTo(size);
            for (int i = 0; i < servers; i++) sums[i] += weights[i];
        }
        if (clients == 1) return; // one client alone covers what it covers
        for (double sum : sums) assertThat(sum).isEqualTo(sums[0], within(1e-9));
    }

    @Test
    void weightsAreKeptAndWholeOnesStayWhole() {
        String[] names = names(24);
        for (int i = 0; i < 24; i++) names[i] += "*" + (1 + i % 3);
        double[] weights = Weights.of(Shapers.subset(12, 1, 2).shape(Rosters.shaped(names)));
        for (int i = 0; i < 24; i++) assertThat(weights[i]).isEqualTo(i < 12 ? 0 : 1 + i % 3);
    }

    @Test
    void theOrderOfTheListDoesNotMatter() {
        String[] names = names(24);
        String[] reversed = IntStream.range(0, 24).mapToObj(i -> names[23 - i]).toArray(String[]::new);
        double[] weights = weights(24, 12, 3, 8);
        double[] others = Weights.of(Shapers.subset(12, 3, 8).shape(Rosters.shaped(reversed)));
        for (int i = 0; i < 24; i++) assertThat(others[23 - i]).isEqualTo(weights[i]);
    }

    @Test
    void aServerThatIsOutMovesNobodyElse() {
        String[] names = names(24);
        names[13] += ":held";
        double[] before = weights(24, 12, 6, 12);
        double[] after = Weights.of(Shapers.subset(12, 6, 12).shape(Rosters.shaped(names)));
        for (int i = 0; i < 24; i++) assertThat(after[i]).isEqualTo(i == 13 ? 0 : before[i]);
    }

    @Test
    void aSmallFleetIsTakenWholeAndIsTheSameRoster() {
        Roster roster = servers(12);
        assertThat(Shapers.subset(12, 3, 8).shape(roster)).isSameAs(roster);
        assertThat(Shapers.subset(13, 3, 8).shape(roster)).isSameAs(roster);
    }

    @Test
    void whatMakesNoSenseIsRefused() {
        assertThatThrownBy(() -> Shapers.subset(0, 0, 1)).hasMessage("subset size must be at least 1, was 0");
        assertThatThrownBy(() -> Shapers.subset(1, 0, 0)).hasMessage("clients must be at least 1, was 0");
        assertThatThrownBy(() -> Shapers.subset(1, 4, 4)).hasMessage("index must be in [0, 3], was 4");
        assertThatThrownBy(() -> Shapers.subset(1, -1, 4)).hasMessage("index must be in [0, 3], was -1");
    }
}
