package org.lb4j.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A change of a heuristic must show in the committed report: {@code docs/simulation.md} says how to make it again. */
class CommittedReportTest {
    private static final Path REPORT = Path.of("..", "docs", "simulation.md");

    @Test
    void aScenarioStillComesOutAsCommitted() throws IOException {
        assertThat(Files.readString(REPORT)).contains(TextReport.section(rollingRestart(1), 0));
    }

    @Test
    void twoRunsWithOneSeedAreEqualToTheByte() {
        assertThat(JsonReport.of(rollingRestart(5))).isEqualTo(JsonReport.of(rollingRestart(5)));
    }

    private static Standings rollingRestart(long seed) {
        List<Scenario> scenario = Scenarios.all().stream()
                .filter(each -> each.name().equals("rolling-restart"))
                .toList();
        try (Tournament tournament = new Tournament()) {
            return tournament.run(scenario, SimulateCommand.everybody().toList(), Tournament.seeds(seed));
        }
    }
}
