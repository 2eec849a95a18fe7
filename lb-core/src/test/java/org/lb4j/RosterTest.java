package org.lb4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lb4j.testing.ManualTicker;
import org.lb4j.testing.PlainDraw;
import org.lb4j.testing.Pools;
import org.lb4j.testing.Rosters;
import org.lb4j.testing.Servers;

/** What algorithms compile and shapers shape. */
final class RosterTest {
    private static List<String> ids(Roster roster) {
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < roster.size(); i++)
            ids.add(roster.member(i).server().id());
        return ids;
    }

    @Test
    void anAlgorithmSeesTheMembersWithWeightInTheOrderOfTheList() {
        Roster roster = Rosters.of("c*3", "a", "b:held", "z*0", "d#1", "e*2");
        assertThat(ids(roster)).containsExactly("c", "a", "e");
        assertThat(roster.weight(0)).isEqualTo(3);
        assertThat(roster.weight(1)).isEqualTo(1);
        assertThat(roster.weight(2)).isEqualTo(2);
        assertThat(roster.uniform()).isFalse();
        assertThat(roster).hasToString("roster(c * 3.0, a * 1.0, e * 2.0)");
    }

    @Test
    void aShaperSeesAllAndWhatHoldsThem() {
        Roster roster = Rosters.shaped("a*3", "b:held", "c*0", "d:drain");
        assertThat(ids(roster)).containsExactly("a", "b", "c", "d");
        assertThat(roster.weight(0)).isEqualTo(3);
        for (int i = 1; i < 4; i++) assertThat(roster.weight(i)).isZero();
        assertThat(roster.holds(0)).isZero();
        assertThat(Hold.ADMIN.in(roster.holds(1))).isTrue();
        assertThat(Hold.DRAIN.in(roster.holds(1))).isFalse();
        assertThat(Hold.DRAIN.in(roster.holds(3))).isTrue();
    }

    @Test
    void equalWeightsAreUniform() {
        assertThat(Rosters.of("a*7", "b*7").uniform()).isTrue();
        assertThat(Rosters.of("a", "b", "c:held").uniform()).isTrue();
        assertThat(Rosters.shaped("a", "b", "c:held").uniform()).isFalse();
        assertThat(Rosters.shaped().uniform()).isTrue();
    }

    @Test
    void anAlgorithmNeverSeesFewerThanTwo() {
        List<Integer> sizes = new ArrayList<>();
        ServerPool pool = Pools.of("a", "b");
        Selector selector = pool.selector((roster, before) -> {
            sizes.add(roster.size());
            return new PlainDraw().compile(roster, before);
        });
        pool.hold("a", Hold.ADMIN);
        pool.update(List.of());
        pool.update(Servers.list("a"));
        pool.update(Servers.list("a", "b", "c*0"));
        assertThat(sizes).containsExactly(2, 2);
        assertThat(Seen.by(selector)).containsExactlyInAnyOrder("a", "b");
    }

    @Test
    void newWeightsAreANewRosterAndTheSameOnesAreNot() {
        Roster roster = Rosters.shaped("a", "b", "c");
        double[] weights = {1, 0.5, 0};
        Roster shaped = roster.withWeights(weights);
        weights[0] = 77;
        assertThat(shaped.weight(0)).isEqualTo(1);
        assertThat(shaped.weight(1)).isEqualTo(0.5);
        assertThat(roster.weight(1)).isEqualTo(1);
        assertThat(roster.withWeights(new double[] {1, 1, 1})).isSameAs(roster);
    }

    @ParameterizedTest
    @ValueSource(doubles = {-1, Double.NaN, Double.POSITIVE_INFINITY})
    void aWeightThatIsNoneIsRefused(double weight) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Rosters.shaped("a", "b").withWeights(new double[] {1, weight}))
                .withMessage("effective weight must be finite and at least 0, was " + weight + " for b");
    }

    @Test
    void weightsMustBeOneAMember() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Rosters.shaped("a", "b").withWeights(new double[3]))
                .withMessage("weights must be one a member: 2, was 3");
    }

    @Test
    void itKnowsWhenItWasMadeAndWhenThePoolBegan() {
        List<Roster> rosters = new ArrayList<>();
        ManualTicker ticker = new ManualTicker();
        ServerPool pool = Pools.of(Pools.settings(ticker).shaper(roster -> {
            rosters.add(roster);
            return roster;
        }));
        long start = ticker.advance(Duration.ofSeconds(1));
        pool.update(Servers.list("a"));
        long later = ticker.advance(Duration.ofSeconds(1));
        pool.update(Servers.list("a", "b"));
        Roster last = rosters.get(rosters.size() - 1);
        assertThat(last.start()).isEqualTo(start);
        assertThat(last.now()).isEqualTo(later);
        assertThat(last.inSince(0)).isEqualTo(start);
        assertThat(last.inSince(1)).isEqualTo(later);
    }

    @Test
    void shapersWorkInTheOrderGiven() {
        ServerPool pool = Pools.of(
                Pools.settings(new ManualTicker())
                        .shaper(roster -> roster.withWeights(new double[] {roster.weight(0) + 1, 1}))
                        .shaper(roster -> roster.withWeights(new double[] {roster.weight(0) * 10, 1})),
                "a",
                "b");
        assertThat(Seen.weights(pool)).containsEntry("a", 20.0);
    }

    @Test
    void aShaperThatWouldLeaveNobodyIsNotObeyed() {
        ServerPool pool = Pools.of(
                Pools.settings(new ManualTicker())
                        .shaper(roster -> roster.withWeights(new double[roster.size()]))
                        .shaper(roster -> roster.withWeights(new double[] {roster.weight(0), 0})),
                "a*3",
                "b");
        assertThat(Seen.weights(pool)).containsEntry("a", 3.0).containsEntry("b", 0.0);
    }

    @Test
    void integralWeightsStayIntegralWhileNothingApplies() {
        Roster roster = Rosters.of("a*999999", "b*1000000", "c:check");
        assertThat(roster.weight(0)).isEqualTo(999_999);
        assertThat(roster.weight(1)).isEqualTo(1_000_000);
    }
}
