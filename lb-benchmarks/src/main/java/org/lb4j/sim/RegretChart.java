package org.lb4j.sim;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.lb4j.report.BarChart;
import org.lb4j.report.Text;

/** The score of each contender as a bar, the best first. */
final class RegretChart {
    private RegretChart() {}

    static String svg(Standings standings) {
        List<Integer> order = IntStream.range(1, standings.entrants().size())
                .boxed()
                .sorted(Comparator.comparingDouble(standings::score))
                .toList();
        double most = order.stream().mapToDouble(standings::score).max().orElse(1);
        BarChart chart = new BarChart(
                "p99 as a multiple of the best possible, over "
                        + standings.regrets(0).size() + " scenarios (logarithmic; in brackets the worst)",
                most);
        chart.heading("");
        for (int e : order) {
            String id = standings.entrants().get(e).id();
            String figure = Text.times(standings.score(e)) + " (" + Text.times(standings.worst(e)) + ")";
            chart.bar(id, standings.score(e), figure, colour(id));
        }
        return chart.svg();
    }

    private static String colour(String id) {
        if (id.equals("adaptive")) return "#1769aa";
        return id.startsWith("ref-") ? "#d1904b" : "#7fb0d8";
    }
}
