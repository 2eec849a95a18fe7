package org.lb4j.bench;

import java.util.Arrays;
import java.util.List;
import org.lb4j.contender.Contender;
import org.lb4j.sim.SimulateCommand;
import org.openjdk.jmh.runner.BenchmarkList;
import org.openjdk.jmh.runner.BenchmarkListEntry;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.format.OutputFormat;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.VerboseMode;

/** The command line: what a pick costs, and how good it is. */
public final class Main {
    private static final int FAILED = 1;
    private static final int BAD_INPUT = 2;
    private static final String USAGE =
            "list | jmh [any JMH options] | " + CompareCommand.USAGE + " | " + SimulateCommand.USAGE;

    private Main() {}

    /**
     * Runs a command.
     *
     * @param arguments its name, then its own
     * @throws Exception if it fails
     */
    public static void main(String[] arguments) throws Exception {
        try {
            run(Arrays.asList(arguments));
        } catch (IllegalArgumentException bad) {
            System.err.println(bad.getMessage());
            System.exit(BAD_INPUT);
        } catch (RunnerException failed) {
            System.err.println(failed.getMessage()); // JMH says it in a line: another one is running, for one
            System.exit(FAILED);
        }
    }

    private static void run(List<String> arguments) throws Exception {
        String command = arguments.isEmpty() ? "" : arguments.get(0);
        List<String> rest = arguments.isEmpty() ? arguments : arguments.subList(1, arguments.size());
        switch (command) {
            case "list" -> list();
            case "jmh" -> org.openjdk.jmh.Main.main(rest.toArray(new String[0]));
            case "compare" -> CompareCommand.run(rest);
            case "simulate" -> SimulateCommand.run(rest);
            case "--help", "-h" -> System.out.println("usage: " + USAGE);
            case "" -> throw new IllegalArgumentException("usage: " + USAGE);
            default -> throw new IllegalArgumentException("no command " + command + "; usage: " + USAGE);
        }
    }

    private static void list() {
        System.out.println("commands:");
        System.out.println("  list");
        System.out.println("  jmh [any JMH options]");
        System.out.println("  " + CompareCommand.USAGE);
        System.out.println("  " + SimulateCommand.USAGE);
        System.out.println("benchmarks:");
        OutputFormat silent = OutputFormatFactory.createFormatInstance(System.out, VerboseMode.SILENT);
        for (BenchmarkListEntry each : BenchmarkList.defaultList().getAll(silent, List.of()))
            System.out.println("  " + each.getUsername());
        System.out.println("floors:");
        for (Floor floor : Floor.values()) System.out.println("  " + floor.method + ": " + floor.text);
        System.out.println("contenders of the benchmarks:");
        for (Contender contender : Contender.values()) System.out.println("  " + contender.id());
        System.out.println("contenders of simulate:");
        for (String contender : SimulateCommand.contenders()) System.out.println("  " + contender);
        System.out.println("scenarios:");
        for (String scenario : SimulateCommand.scenarios()) System.out.println("  " + scenario);
    }
}
