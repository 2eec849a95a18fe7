package org.lb4j.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.openjdk.jmh.runner.RunnerException;

/** {@code compare}: ours, the floors and the peers in one run, as table, JSON and chart. */
final class CompareCommand {
    static final String USAGE = "compare [--quick] [--out FOLDER]";

    private boolean quick;
    private Path folder = Path.of("results");

    private CompareCommand() {}

    static void run(List<String> arguments) throws IOException, RunnerException {
        if (arguments.contains("--help") || arguments.contains("-h")) {
            System.out.println("usage: " + USAGE);
            return;
        }
        CompareCommand command = new CompareCommand();
        for (int i = 0; i < arguments.size(); i++) {
            switch (arguments.get(i)) {
                case "--quick" -> command.quick = true;
                case "--out" -> {
                    if (++i == arguments.size()) throw bad("--out needs a value");
                    command.folder = Path.of(arguments.get(i));
                }
                default -> throw bad("no option " + arguments.get(i));
            }
        }
        command.compare();
    }

    private static IllegalArgumentException bad(String what) {
        return new IllegalArgumentException(what + "; usage: " + USAGE);
    }

    private void compare() throws IOException, RunnerException {
        Files.createDirectories(folder); // before the minutes, not after
        List<Goal> goals = Goal.all();
        List<PeerSpot> peers = Peers.spots(
                goals.stream().filter(goal -> goal.wantsPeers(quick)).toList());
        Comparison comparison = new Comparison(goals, peers, new Measurement(quick).run(goals, peers));
        CompareReport report = new CompareReport(comparison, !peers.isEmpty());
        String table = report.markdown();
        Files.writeString(folder.resolve("compare.md"), table);
        Files.writeString(folder.resolve("compare.json"), report.json());
        Files.writeString(folder.resolve("compare.svg"), CompareChart.svg(comparison));
        System.out.print(table);
        System.out.println("written: compare.md, compare.json and compare.svg in " + folder);
    }
}
