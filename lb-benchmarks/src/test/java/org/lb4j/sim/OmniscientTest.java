package org.lb4j.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** The limit must be one: nobody may be clearly below it. */
class OmniscientTest {
    @Test
    void nobodyBeatsTheOneWhoKnowsAll() {
        List<Scenario> some = Scenarios.all().stream()
                .filter(each -> List.of("hang", "zones", "rolling-restart").contains(each.name()))
                .toList();
        assertThat(some).hasSize(3);
        List<Entrant> entrants = List.of(Reference.OMNISCIENT, Reference.C3_RANKING, Reference.P2C_LEAST);
        try (Tournament tournament = new Tournament()) {
            Standings standings = tournament.run(some, entrants, List.of(1L));
            for (int s = 0; s < some.size(); s++)
                for (int e = 1; e < entrants.size(); e++)
                    assertThat(standings.cell(s, e).regret()).isGreaterThan(0.98);
        }
    }

    @Test
    void itSendsNoCallToAServerThatFailsWhileAnotherIsWell() {
        Scenario hole = Scenarios.all().stream()
                .filter(each -> each.name().equals("black-hole"))
                .findFirst()
                .orElseThrow();
        assertThat(Simulation.run(hole, Reference.OMNISCIENT, 1).errors()).isZero();
    }
}
