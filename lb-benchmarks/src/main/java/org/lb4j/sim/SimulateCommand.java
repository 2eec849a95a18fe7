package org.lb4j.sim;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.lb4j.contender.Contender;

/** {@code simulate}: everybody in every scenario, as text, JSON and a page. */
public final class SimulateCommand {
    /** How it is called. */
    public static final String USAGE = "simulate [--scenario S]... [--contender C]... [--seed N]"
            + " [--text FILE] [--json FILE] [--html FILE] [--svg FILE]";

    private final List<Scenario> scenarios = new ArrayList<>();
    private final List<Entrant> entrants = new ArrayList<>();
    private long seed = 1;
    private @Nullable Path text;
    private @Nullable Path json;
    private @Nullable Path html;
    private @Nullable Path svg;

    private SimulateCommand() {}

    /**
     * Runs it.
     *
     * @param arguments after the command's name
     * @throws IllegalArgumentException if one of them is not valid; says which would be
     * @throws IOException if a file can not be written
     */
    public static void run(List<String> arguments) throws IOException {
        if (arguments.contains("--help") || arguments.contains("-h")) {
            System.out.println("usage: " + USAGE);
            return;
        }
        SimulateCommand command = new SimulateCommand();
        for (int i = 0; i < arguments.size(); i += 2)
            command.option(arguments.get(i), i + 1 < arguments.size() ? arguments.get(i + 1) : null);
        command.simulate();
    }

    /**
     * Whoever can take part.
     *
     * @return their names
     */
    public static List<String> contenders() {
        return everybody().map(Entrant::id).toList();
    }

    /**
     * What they can be put into.
     *
     * @return name and question of each
     */
    public static List<String> scenarios() {
        return Scenarios.all().stream()
                .map(scenario -> scenario.name() + ": " + scenario.asks())
                .toList();
    }

    /** The limit, ours, and the others. */
    static Stream<Entrant> everybody() {
        Stream<Entrant> references = Arrays.stream(Reference.values());
        return Stream.of(
                        Stream.of(Reference.OMNISCIENT),
                        Arrays.stream(Contender.spreading()).map(Ours::of),
                        references.filter(each -> each != Reference.OMNISCIENT))
                .flatMap(each -> each);
    }

    private void option(String name, @Nullable String value) {
        List<String> known = List.of("--scenario", "--contender", "--seed", "--text", "--json", "--html", "--svg");
        if (!known.contains(name)) throw new IllegalArgumentException("no option " + name + "; usage: " + USAGE);
        if (value == null) throw new IllegalArgumentException(name + " needs a value; usage: " + USAGE);
        switch (name) {
            case "--scenario" -> scenarios.add(scenario(value));
            case "--contender" -> entrants.add(entrant(value));
            case "--seed" -> seed = number(value);
            case "--text" -> text = Path.of(value);
            case "--json" -> json = Path.of(value);
            case "--html" -> html = Path.of(value);
            default -> svg = Path.of(value);
        }
    }

    private static Scenario scenario(String name) {
        List<Scenario> all = Scenarios.all();
        for (Scenario scenario : all) if (scenario.name().equals(name)) return scenario;
        throw unknown("scenario", name, all.stream().map(Scenario::name).toList());
    }

    private static Entrant entrant(String id) {
        return everybody()
                .filter(entrant -> entrant.id().equals(id))
                .findFirst()
                .orElseThrow(() -> unknown("contender", id, contenders()));
    }

    private static IllegalArgumentException unknown(String what, String name, List<String> valid) {
        return new IllegalArgumentException("no " + what + " " + name + "; there are: " + String.join(" ", valid));
    }

    private static long number(String value) {
        try {
            return Long.parseLong(value);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("--seed must be a whole number, was " + value, e);
        }
    }

    private void simulate() throws IOException {
        boolean whole = scenarios.isEmpty() && entrants.isEmpty();
        List<Scenario> rows = scenarios.isEmpty() ? Scenarios.all() : scenarios;
        List<Entrant> columns = new ArrayList<>(List.of(Reference.OMNISCIENT));
        (entrants.isEmpty() ? everybody().toList() : entrants)
                .stream().filter(entrant -> !columns.contains(entrant)).forEach(columns::add);
        try (Tournament tournament = new Tournament()) {
            Standings standings = tournament.run(rows, columns, Tournament.seeds(seed));
            Evidence evidence = whole ? Evidence.gather(tournament, seed) : null;
            String report = new TextReport(standings, line()).write(evidence);
            if (text == null) System.out.print(report);
            else Files.writeString(text, report);
            if (json != null) Files.writeString(json, JsonReport.of(standings));
            if (html != null) Files.writeString(html, new HtmlReport(standings).write());
            if (svg != null) Files.writeString(svg, RegretChart.svg(standings));
        }
    }

    /** The command that makes this report again. */
    private String line() {
        StringBuilder line = new StringBuilder("java -jar lb-benchmarks/target/benchmarks.jar simulate");
        for (Scenario scenario : scenarios) line.append(" --scenario ").append(scenario.name());
        for (Entrant entrant : entrants) line.append(" --contender ").append(entrant.id());
        return line.append(" --seed ").append(seed).toString();
    }
}
