package org.lb4j.examples.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The jar that the README tells people to run. */
final class DemoIT {
    private static final String JAR = "lb-examples/target/demo.jar";

    @TempDir
    private Path folder;

    private record Ended(int code, String output) {}

    @Test
    void theReadmeSaysHowToRunIt() throws Exception {
        assertThat(Files.readString(Path.of("..", "README.md")))
                .contains("mvn -q -DskipTests -pl lb-examples -am package && java -jar " + JAR + "\n");
    }

    @Test
    void aScriptGetsWhatHappenedAndATableAndCallersSeeHardlyAnError() throws Exception {
        Ended ended = demo("--algorithm", "round-robin", "--seconds", "8", "--rate", "200", "--plain");
        assertThat(ended.code()).isZero();
        assertThat(ended.output())
                .contains("dying is killed", "dying is started again", "draining is drained by hand")
                .contains("dying down: ")
                .containsSubsequence("share of calls", "fast-1", "fast-2", "slow", "flaky", "dying", "draining");
        Matcher summary =
                Pattern.compile("callers saw (\\d+) errors in (\\d+) calls").matcher(ended.output());
        assertThat(summary.find()).isTrue();
        int calls = Integer.parseInt(summary.group(2));
        assertThat(calls).isGreaterThan(400);
        assertThat(Integer.parseInt(summary.group(1))).isLessThan(calls / 50);
    }

    @Test
    void withoutATerminalItIsPlainWithoutBeingAsked() throws Exception {
        assertThat(demo("--seconds", "1").output()).contains("share of calls").doesNotContain("\033");
    }

    @Test
    void badInputIsOneLineAndTwo() throws Exception {
        Ended ended = demo("--algorithm", "best");
        assertThat(ended.code()).isEqualTo(2);
        assertThat(ended.output())
                .startsWith("no algorithm best; there are: adaptive")
                .hasLineCount(1);
    }

    private Ended demo(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-jar",
                Path.of("..").resolve(JAR).toString()));
        command.addAll(List.of(arguments));
        Path output = folder.resolve("output");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .redirectInput(Path.of("/dev/null").toFile())
                .start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).as("ends by itself").isTrue();
        return new Ended(process.exitValue(), Files.readString(output));
    }
}
