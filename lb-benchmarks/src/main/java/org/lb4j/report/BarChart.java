package org.lb4j.report;

import java.util.Locale;

/** Bars under headings, on one logarithmic scale from 1, as a picture that stands alone. */
public final class BarChart {
    private static final int WIDTH = 900;
    private static final int LABELS = 250;
    private static final int FIGURES = 110;
    private static final int BAR = 14;
    private static final int GAP = 24;

    private final double most;
    private final StringBuilder svg = new StringBuilder();
    private int y = 34;

    /**
     * A chart without bars.
     *
     * @param title above all
     * @param most the largest value that will come
     */
    public BarChart(String title, double most) {
        this.most = Math.max(2, most);
        text(10, 22, 16, "start", title);
    }

    /**
     * Begins a group.
     *
     * @param text above its bars
     */
    public void heading(String text) {
        y += GAP;
        text(10, y - 6, 12, "start", text);
    }

    /**
     * Adds a bar.
     *
     * @param name before it
     * @param value its length; what is below 1 is as long as 1
     * @param figure behind it
     * @param colour such as {@code #1769aa}
     */
    public void bar(String name, double value, String figure, String colour) {
        double part = Math.log(Math.min(most, Math.max(1, value))) / Math.log(most);
        double width = Math.max(2, part * (WIDTH - LABELS - FIGURES));
        text(LABELS - 8, y + 10, 11, "end", name);
        svg.append(String.format(
                Locale.ROOT,
                "<rect x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"%d\" fill=\"%s\"/>\n",
                LABELS,
                y,
                width,
                BAR - 3,
                colour));
        text(LABELS + (int) width + 6, y + 10, 11, "start", figure);
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
                text.replace("&", "&amp;").replace("<", "&lt;")));
    }

    /**
     * The picture.
     *
     * @return SVG
     */
    public String svg() {
        return "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 " + WIDTH + " " + (y + 16)
                + "\" font-family=\"sans-serif\">\n<rect width=\"100%\" height=\"100%\" fill=\"#ffffff\"/>\n"
                + svg + "</svg>\n";
    }
}
