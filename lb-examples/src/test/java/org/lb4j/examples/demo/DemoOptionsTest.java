package org.lb4j.examples.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

final class DemoOptionsTest {
    @Test
    void withoutOptionsItRunsLiveUntilSomebodyQuits() {
        assertThat(DemoOptions.of()).isEqualTo(new DemoOptions(Choice.ADAPTIVE, 0, false, 250));
    }

    @Test
    void allCanBeSaid() {
        assertThat(DemoOptions.of("--plain", "--algorithm", "peak-ewma", "--seconds", "7", "--rate", "50"))
                .isEqualTo(new DemoOptions(Choice.PEAK_EWMA, 7, true, 50));
    }

    @Test
    void plainEndsByItself() {
        assertThat(DemoOptions.of("--plain").seconds()).isPositive();
        assertThat(DemoOptions.of().inPlain().seconds()).isPositive();
    }

    @Test
    void whatIsWrongIsSaidInWords() {
        refused("no option --fast", "--fast");
        refused("--seconds needs a value", "--seconds");
        refused("--seconds must be in [1, 86400], was soon", "--seconds", "soon");
        refused("--rate must be in [1, 5000], was 0", "--rate", "0");
        refused("no algorithm best; there are: adaptive round-robin", "--algorithm", "best");
    }

    private static void refused(String text, String... arguments) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DemoOptions.of(arguments))
                .withMessageStartingWith(text);
    }

    @Test
    void everyChoiceIsAnAlgorithmThatIsFoundByItsName() {
        for (Choice choice : Choice.values()) {
            assertThat(Choice.of(choice.toString())).isSameAs(choice);
            assertThat(choice.algorithm()).isNotNull();
        }
        assertThat(Choice.FIRST_AVAILABLE.next()).isSameAs(Choice.ADAPTIVE);
    }
}
