package org.lb4j.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.lb4j.sim.SimulateCommand;

class MainTest {
    @Test
    void aScenarioThatIsNotThereNamesThoseThatAre() {
        assertThatThrownBy(() -> SimulateCommand.run(List.of("--scenario", "nope")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("no scenario nope; there are: even-1-client ")
                .hasMessageNotContaining("\n");
    }

    @Test
    void badOptionsAreToldInOneLine() {
        assertThatThrownBy(() -> SimulateCommand.run(List.of("--contender", "best")))
                .hasMessageStartingWith("no contender best; there are: omniscient ");
        assertThatThrownBy(() -> SimulateCommand.run(List.of("--seed", "x")))
                .hasMessage("--seed must be a whole number, was x");
        assertThatThrownBy(() -> SimulateCommand.run(List.of("--json"))).hasMessage("--json needs a value");
        assertThatThrownBy(() -> CompareCommand.run(List.of("--fast")))
                .hasMessage("no option --fast; there are: --quick --out");
    }

    @Test
    void eachGoalIsASpotOfItsOwn() {
        assertThat(Goal.all().stream().map(Goal::spot)).doesNotHaveDuplicates();
    }
}
