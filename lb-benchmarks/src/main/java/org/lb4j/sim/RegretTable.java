package org.lb4j.sim;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.lb4j.report.Text;

/** Regrets by scenario and contender, the best contender first, coloured from green (1) to red (10 and more). */
final class RegretTable {
    private final Standings standings;
    private final List<Integer> columns;

    RegretTable(Standings standings) {
        this.standings = standings;
        List<Integer> order = new ArrayList<>(
                IntStream.range(1, standings.entrants().size()).boxed().toList());
        if (!standings.regrets(0).isEmpty()) order.sort(Comparator.comparingDouble(standings::score));
        this.columns = order;
    }

    String write() {
        StringBuilder html = new StringBuilder("<div class=\"wide\"><table>\n<thead><tr><th>regret</th>");
        for (int e : columns)
            html.append("<th><span>").append(standings.entrants().get(e).id()).append("</span></th>");
        html.append("</tr></thead>\n");
        if (!standings.regrets(0).isEmpty()) {
            row(html, "<b>mean</b>", columns.stream().map(standings::score).toList());
            row(html, "<b>worst</b>", columns.stream().map(standings::worst).toList());
        }
        for (int s = 0; s < standings.scenarios().size(); s++) {
            int scenario = s;
            String name = standings.scenarios().get(s).name();
            row(
                    html,
                    "<a href=\"#" + name + "\">" + name + "</a>",
                    columns.stream()
                            .map(e -> standings.cell(scenario, e).regret())
                            .toList());
        }
        return html.append("</table></div>\n").toString();
    }

    private void row(StringBuilder html, String name, List<Double> regrets) {
        html.append("<tr><th>").append(name).append("</th>");
        for (int i = 0; i < regrets.size(); i++) {
            boolean ours = standings.entrants().get(columns.get(i)).id().equals("adaptive");
            html.append(String.format(
                    Locale.ROOT,
                    "<td style=\"background:hsl(%.0f 70%% 50%% / .35)\"%s>%s</td>",
                    hue(regrets.get(i)),
                    ours ? " class=\"own\"" : "",
                    Text.times(regrets.get(i))));
        }
        html.append("</tr>\n");
    }

    /** 130 is green, 0 is red; by the logarithm, as regrets are compared. */
    private static double hue(double regret) {
        return 130 * (1 - Math.min(1, Math.max(0, StrictMath.log10(regret))));
    }
}
