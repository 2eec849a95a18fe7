package org.lb4j.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
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
        assertThatThrownBy(() -> SimulateCommand.run(List.of("--json")))
                .hasMessage("--json needs a value; usage: " + SimulateCommand.USAGE);
        assertThatThrownBy(() -> SimulateCommand.run(List.of("--jason", "x")))
                .hasMessage("no option --jason; usage: " + SimulateCommand.USAGE);
        assertThatThrownBy(() -> CompareCommand.run(List.of("--fast")))
                .hasMessage("no option --fast; usage: compare [--quick] [--out FOLDER]");
        assertThatThrownBy(() -> CompareCommand.run(List.of("--quick", "--out")))
                .hasMessage("--out needs a value; usage: compare [--quick] [--out FOLDER]");
    }

    @Test
    void helpIsOneLineAndMeasuresNothing() throws Exception {
        assertThat(said(() -> CompareCommand.run(List.of("--help"))))
                .isEqualTo("usage: compare [--quick] [--out FOLDER]\n");
        assertThat(said(() -> CompareCommand.run(List.of("--quick", "-h")))).startsWith("usage: compare ");
        assertThat(said(() -> SimulateCommand.run(List.of("--help"))))
                .isEqualTo("usage: " + SimulateCommand.USAGE + "\n");
    }

    @Test
    void eachGoalIsASpotOfItsOwn() {
        assertThat(Goal.all().stream().map(Goal::spot)).doesNotHaveDuplicates();
    }

    private static String said(Command command) throws Exception {
        PrintStream before = System.out;
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        System.setOut(new PrintStream(said, true, StandardCharsets.UTF_8));
        try {
            command.run();
        } finally {
            System.setOut(before);
        }
        return said.toString(StandardCharsets.UTF_8).replace(System.lineSeparator(), "\n");
    }

    private interface Command {
        void run() throws Exception;
    }
}
