package org.lb4j.bench;

import java.util.List;
import java.util.Locale;
import org.lb4j.report.BarChart;

/** The rows that have peers, as bars: ours, the floor, the peers. */
final class CompareChart {
    private CompareChart() {}

    static String svg(Comparison comparison) {
        List<Comparison.Row> rows = comparison.rows().stream()
                .filter(row -> !row.rivals().isEmpty())
                .toList();
        double most = rows.stream()
                .flatMap(row -> row.rivals().stream())
                .mapToDouble(rival -> rival.figure().nanos())
                .max()
                .orElse(1);
        BarChart chart =
                new BarChart("Nanoseconds, logarithmic: lb4j, the least that could do the job, and others", most);
        for (Comparison.Row row : rows) {
            Goal goal = row.goal();
            chart.heading(goal.contender().id() + " " + goal.what() + ", " + goal.size() + " servers, " + goal.weights()
                    + ", threads: " + goal.threads());
            chart.bar("lb4j", row.ours().nanos(), figure(row.ours().nanos()), "#1769aa");
            chart.bar("floor", row.floor(), figure(row.floor()), "#999999");
            for (Comparison.Rival rival : row.rivals())
                chart.bar(
                        rival.name(),
                        rival.figure().nanos(),
                        figure(rival.figure().nanos()),
                        "#d1904b");
        }
        return chart.svg();
    }

    private static String figure(double nanos) {
        return String.format(Locale.ROOT, nanos < 100 ? "%.1f" : "%.0f", nanos);
    }
}
