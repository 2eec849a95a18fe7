package org.lb4j.sim;

import java.util.Locale;
import java.util.function.ToDoubleFunction;
import org.lb4j.report.Text;

/** Latency percentiles of all contenders in one scenario, on one logarithmic scale. */
final class LatencyChart {
    private final Standings standings;
    private final int scenario;
    private final double least;
    private final double most;

    LatencyChart(Standings standings, int scenario) {
        this.standings = standings;
        this.scenario = scenario;
        double least = Double.POSITIVE_INFINITY;
        double most = 0;
        for (int e = 0; e < standings.entrants().size(); e++) {
            least = Math.min(least, value(e, result -> result.latencies().p50()));
            most = Math.max(most, value(e, result -> result.latencies().p999()));
        }
        this.least = least * 0.8;
        this.most = most * 1.2;
    }

    private double value(int entrant, ToDoubleFunction<Result> figure) {
        return standings.cell(scenario, entrant).mean(figure);
    }

    String write() {
        StringBuilder html = new StringBuilder(
                "<p class=\"note key\"><span class=\"p50\"></span>p50<span class=\"p90\"></span>p90"
                        + "<span class=\"p99\"></span>p99<span class=\"p999\"></span>p99.9, of calls with an answer</p>\n<div class=\"rows\">\n");
        for (int e = 0; e < standings.entrants().size(); e++) row(html, e);
        html.append("<div class=\"row\"><b></b><div class=\"scale\">");
        for (double ms : new double[] {1, 10, 100, 1000, 10_000, 100_000})
            if (ms * 1e6 > least && ms * 1e6 < most)
                html.append(at("<span style=\"left:%.1f%%\">", ms * 1e6))
                        .append(ms < 1000 ? Text.number(ms) + " ms" : Text.number(ms / 1000) + " s")
                        .append("</span>");
        return html.append("</div></div>\n</div>\n").toString();
    }

    private void row(StringBuilder html, int e) {
        String id = standings.entrants().get(e).id();
        double p50 = value(e, result -> result.latencies().p50());
        double p90 = value(e, result -> result.latencies().p90());
        double p99 = value(e, result -> result.latencies().p99());
        double p999 = value(e, result -> result.latencies().p999());
        double errors = value(e, Result::errors);
        html.append("<div class=\"row")
                .append(id.equals("adaptive") ? " ours" : "")
                .append("\"><b>");
        html.append(id).append(errors > 0.00005 ? " (" + Text.percent(errors) + " % errors)" : "");
        html.append("</b><div class=\"track\" title=\"");
        html.append(Text.ms(p50)).append(" / ").append(Text.ms(p90)).append(" / ");
        html.append(Text.ms(p99)).append(" / ").append(Text.ms(p999)).append(" ms\">");
        html.append(String.format(
                Locale.ROOT, "<i style=\"left:%.1f%%;width:%.1f%%\"></i>", place(p50), place(p999) - place(p50)));
        html.append(at("<u class=\"p50\" style=\"left:%.1f%%\"></u>", p50));
        html.append(at("<u class=\"p90\" style=\"left:%.1f%%\"></u>", p90));
        html.append(at("<u class=\"p99\" style=\"left:%.1f%%\"></u>", p99));
        html.append(at("<u class=\"p999\" style=\"left:%.1f%%\"></u>", p999)).append("</div></div>\n");
    }

    private String at(String format, double nanos) {
        return String.format(Locale.ROOT, format, place(nanos));
    }

    private double place(double nanos) {
        return 100 * StrictMath.log(nanos / least) / StrictMath.log(most / least);
    }
}
