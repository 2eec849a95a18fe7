package org.lb4j.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.lb4j.contender.Contender;

class ComparisonTest {
    @Test
    void ratiosAreToTheFloorAndToTheFastestPeerOfTheSameRun() {
        List<Goal> goals = Goal.all();
        Goal goal = goals.get(0);
        List<PeerSpot> peers = List.of(peer("SLOW", goal), peer("FAST", goal));
        Map<Spot, Figure> figures = new HashMap<>();
        for (Goal each : goals) {
            figures.put(each.spot(), new Figure(10, 1, 0));
            for (Floor floor : each.floor()) figures.put(Spot.floor(floor, each.threads()), new Figure(5, 1, 0));
        }
        figures.put(peers.get(0).spot(), new Figure(40, 1, 16));
        figures.put(peers.get(1).spot(), new Figure(20, 1, 0));
        Comparison.Row row = new Comparison(goals, peers, figures).rows().get(0);
        assertThat(row.ofFloor()).isEqualTo(2);
        assertThat(row.rivals()).extracting(Comparison.Rival::name).containsExactly("FAST", "SLOW");
        assertThat(row.ofFastest()).isEqualTo(0.5);
        assertThat(row.reached()).isTrue();
    }

    @Test
    void aRowThatMissesItsGoalSaysSo() {
        Goal random = Goal.all().stream()
                .filter(goal -> goal.ofFloor() == 1.3)
                .findFirst()
                .orElseThrow();
        Map<Spot, Figure> figures = Map.of(
                random.spot(), new Figure(7, 1, 0),
                Spot.floor(random.floor().get(0), random.threads()), new Figure(5, 1, 0));
        assertThat(new Comparison(List.of(random), List.of(), figures)
                        .rows()
                        .get(0)
                        .reached())
                .isFalse();
    }

    @Test
    void aQuickRunAsksPeersWithTwoThreadsOnlyWhereTheGoalIsAboutThem() {
        for (Goal goal : Goal.all()) {
            assertThat(goal.wantsPeers(false)).isTrue();
            assertThat(goal.wantsPeers(true)).isEqualTo(goal.threads() == 1 || goal.ofPeers() > 0);
        }
        assertThat(Goal.all().stream().filter(goal -> goal.wantsPeers(true)).filter(goal -> goal.threads() == 2))
                .extracting(Goal::contender)
                .containsExactly(Contender.ROUND_ROBIN);
    }

    private static PeerSpot peer(String name, Goal goal) {
        return new PeerSpot(name, goal.contender().id(), goal.what(), goal.weights(), goal.size(), goal.threads());
    }
}
