package org.lb4j.bench;

import static org.lb4j.report.Text.fixed;
import static org.lb4j.report.Text.times;

import java.util.ArrayList;
import java.util.List;
import org.lb4j.report.Json;
import org.lb4j.report.Text;

/** A comparison as a table in Markdown and as JSON. */
final class CompareReport {
    private final Comparison comparison;
    private final boolean peers;

    CompareReport(Comparison comparison, boolean peers) {
        this.comparison = comparison;
        this.peers = peers;
    }

    /** Ratios count; nanoseconds are those of this machine at this moment. */
    String markdown() {
        List<List<String>> rows = new ArrayList<>();
        for (Comparison.Row row : comparison.rows()) rows.add(row(row));
        List<String> head = List.of(
                "algorithm",
                "ns",
                "bytes",
                "floor",
                "floor ns",
                "times floor",
                "goal",
                "fastest peer",
                "times it",
                "goal",
                "met");
        String table = Text.table(head, rows) + "\n" + details();
        return peers ? table : table + Peers.ABSENT + "\n";
    }

    private static List<String> row(Comparison.Row row) {
        Goal goal = row.goal();
        boolean rival = !row.rivals().isEmpty();
        return List.of(
                name(goal),
                fixed(row.ours().nanos(), 1),
                fixed(row.ours().bytes(), 0),
                floor(goal),
                fixed(row.floor(), 1),
                times(row.ofFloor()),
                Double.isNaN(goal.ofFloor()) ? "" : "<= " + fixed(goal.ofFloor(), 2),
                rival ? row.rivals().get(0).name() : "",
                rival ? times(row.ofFastest()) : "",
                rival && !Double.isNaN(goal.ofPeers()) ? "<= " + fixed(goal.ofPeers(), 2) : "",
                row.judged() ? row.reached() ? "yes" : "no" : "");
    }

    private static String name(Goal goal) {
        return goal.contender().id() + " " + goal.what() + ", " + goal.size() + " servers"
                + (goal.weights().equals("equal") ? "" : ", weighted") + ", " + goal.threads()
                + (goal.threads() == 1 ? " thread" : " threads");
    }

    private static String floor(Goal goal) {
        return String.join(" + ", goal.floor().stream().map(each -> each.method).toList());
    }

    /** Each peer by itself: how many times its figure ours is. */
    private String details() {
        StringBuilder text = new StringBuilder();
        for (Comparison.Row row : comparison.rows()) {
            if (row.rivals().isEmpty()) continue;
            text.append("- ").append(name(row.goal())).append(": ours is ");
            List<String> each = row.rivals().stream()
                    .map(rival -> times(row.ours().nanos() / rival.figure().nanos()) + " x " + rival.name() + " ("
                            + fixed(rival.figure().nanos(), 1) + " ns, "
                            + fixed(rival.figure().bytes(), 0) + " B)")
                    .toList();
            text.append(String.join(", ", each)).append('\n');
        }
        return text.isEmpty() ? "" : text + "\n";
    }

    /** {@code {"format": "lb4j-compare-1", "rows": [{"contender", "what", ..., "peers": [{"peer", "ns", "bytes"}]}]}}; null: none. */
    String json() {
        Json json = new Json().object().field("format", "lb4j-compare-1").array("rows");
        for (Comparison.Row row : comparison.rows()) {
            Goal goal = row.goal();
            json.object()
                    .field("contender", goal.contender().id())
                    .field("what", goal.what())
                    .field("servers", goal.size())
                    .field("weights", goal.weights())
                    .field("threads", goal.threads())
                    .field("ns", row.ours().nanos())
                    .field("error", row.ours().error())
                    .field("bytes", row.ours().bytes())
                    .field("floor", floor(goal))
                    .field("floorNs", row.floor())
                    .field("ofFloor", row.ofFloor())
                    .field("goalOfFloor", goal.ofFloor())
                    .field("goalOfPeers", goal.ofPeers())
                    .array("peers");
            for (Comparison.Rival rival : row.rivals())
                json.object()
                        .field("peer", rival.name())
                        .field("ns", rival.figure().nanos())
                        .field("bytes", rival.figure().bytes())
                        .field("ratio", row.ours().nanos() / rival.figure().nanos())
                        .end();
            json.end().end();
        }
        return json.end().end().toString();
    }
}
