package org.lb4j.sim;

import java.util.ArrayList;
import java.util.List;
import org.lb4j.report.Text;

/** The check of the simulator and the published experiments, in Markdown. */
final class EvidenceText {
    private EvidenceText() {}

    static String of(Evidence evidence) {
        StringBuilder text = new StringBuilder();
        text.append("""
                ## The simulator itself

                Mean time in system with exponential work of mean 1, against theory; means of three seeds.
                More than 3 per cent off is a fault.

                """);
        List<List<String>> rows = new ArrayList<>();
        for (Evidence.Check check : evidence.checks())
            rows.add(List.of(
                    check.of().rule(),
                    Text.number(check.of().load()),
                    Text.fixed(check.of().theory(), 4),
                    Text.fixed(check.measured(), 4),
                    Text.fixed(check.deviation() * 100, 2)));
        text.append(Text.table(List.of("rule", "load", "theory", "simulated", "off by, %"), rows));
        text.append("\n## Published experiments\n\nPublished / here.\n\n");
        for (Evidence.Reproduction each : evidence.reproductions()) {
            text.append("### ").append(each.of().title()).append("\n\n");
            text.append(each.of().scenario().asks())
                    .append(".\n\n")
                    .append(table(each))
                    .append('\n');
        }
        return text.toString();
    }

    private static String table(Evidence.Reproduction each) {
        List<String> head = new ArrayList<>(List.of("contender"));
        head.addAll(each.of().figures());
        List<List<String>> rows = new ArrayList<>();
        for (int i = 0; i < each.measured().size(); i++) {
            Experiment.Line line = each.of().lines().get(i);
            List<String> row = new ArrayList<>(List.of(line.entrant().id()));
            for (int f = 0; f < line.published().size(); f++)
                row.add(line.published().get(f) + " / " + each.measured().get(i).get(f));
            rows.add(row);
        }
        return Text.table(head, rows);
    }
}
