package org.lb4j.bench;

import java.util.List;
import java.util.Locale;

/** A comparison as bars: ours, its floor and its peers, by row, on one logarithmic scale. */
final class CompareChart {
    private static final int WIDTH = 900;
    private static final int LABELS = 300;
    private static final int BAR = 14;
    private static final int GAP = 26;

    private final List<Comparison.Row> rows;
    private final StringBuilder svg = new StringBuilder();
    private double most = 10;
    private int y = 40;

    CompareChart(Comparison comparison) {
        rows = comparison.rows();
        for (Comparison.Row row : rows) {
            most = Math.max(most, row.ours().nanos());
            for (Comparison.Rival rival : row.rivals())
                most = Math.max(most, rival.figure().nanos());
        }
    }

    String svg() {
        text(10, 22, 16, "start", "Nanoseconds a pick, logarithmic: ours, floor, peers");
        for (Comparison.Row row : rows) {
            Goal goal = row.goal();
            y += GAP;
            text(
                    10,
                    y - 6,
                    12,
                    "start",
                    goal.contender().id() + " " + goal.what() + ", " + goal.size() + " servers, " + goal.weights()
                            + ", threads: " + goal.threads());
            bar("ours", row.ours().nanos(), "#1769aa");
            bar("floor", row.floor(), "#999999");
            for (Comparison.Rival rival : row.rivals())
                bar(rival.name(), rival.figure().nanos(), "#d1904b");
        }
        return "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 " + WIDTH + " " + (y + 20)
                + "\" font-family=\"sans-serif\">\n<rect width=\"100%\" height=\"100%\" fill=\"#ffffff\"/>\n"
                + svg + "</svg>\n";
    }

    private void bar(String name, double nanos, String colour) {
        double width = Math.max(2, Math.log(Math.max(1, nanos)) / Math.log(most) * (WIDTH - LABELS - 90));
        text(LABELS - 8, y + 11, 11, "end", name);
        svg.append(String.format(
                Locale.ROOT,
                "<rect x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"%d\" fill=\"%s\"/>\n",
                LABELS,
                y,
                width,
                BAR - 3,
                colour));
        text(LABELS + (int) width + 6, y + 10, 11, "start", String.format(Locale.ROOT, "%.1f", nanos));
        y += BAR;
    }

    private void text(int x, int baseline, int size, String anchor, String text) {
        svg.append(String.format(
                Locale.ROOT,
                "<text x=\"%d\" y=\"%d\" font-size=\"%d\" text-anchor=\"%s\" fill=\"#222222\">%s</text>\n",
                x,
                baseline,
                size,
                anchor,
                text));
    }
}
