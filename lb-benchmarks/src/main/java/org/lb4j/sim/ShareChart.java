package org.lb4j.sim;

import java.util.Arrays;
import java.util.Locale;
import org.lb4j.report.Text;

/** The share of each server over time under one contender. */
final class ShareChart {
    private static final int WIDTH = 320;
    private static final int HEIGHT = 150;
    private static final int LEFT = 34;
    private static final int BOTTOM = 130;
    private static final int TOP = 8;

    private final String title;
    private final Fault fault;
    private final ShareSeries shares;
    private final double seconds;
    private final double top;

    ShareChart(String title, Scenario scenario, Fault fault, ShareSeries shares) {
        this.title = title;
        this.fault = fault;
        this.shares = shares;
        this.seconds = scenario.seconds();
        double fair = 1.0 / shares.servers().length;
        double most = 0;
        for (double[] server : shares.servers())
            most = Math.max(most, Arrays.stream(server).max().orElse(0));
        this.top = Math.min(1, Math.max(most, 3 * fair));
    }

    String write() {
        StringBuilder html = new StringBuilder("<figure><figcaption>" + title + "</figcaption>");
        html.append(String.format(Locale.ROOT, "<svg viewBox=\"0 0 %d %d\" role=\"img\">", WIDTH, HEIGHT));
        html.append(String.format(
                Locale.ROOT,
                "<rect x=\"%.0f\" y=\"%d\" width=\"%.0f\" height=\"%d\" fill=\"#d1495b\" opacity=\".12\"/>",
                x(fault.from()),
                TOP,
                x(fault.to()) - x(fault.from()),
                BOTTOM - TOP));
        axes(html);
        for (int s = 0; s < shares.servers().length; s++)
            if (!fault.servers().contains(s)) line(html, shares.servers()[s], "#888", 0.45, 1);
        for (int s : fault.servers())
            line(html, shares.servers()[s], "#d1495b", fault.servers().size() == 1 ? 1 : 0.6, 1.8);
        return html.append("</svg></figure>\n").toString();
    }

    private void axes(StringBuilder html) {
        html.append(String.format(
                Locale.ROOT, "<path d=\"M%d %dV%dH%d\" fill=\"none\" stroke=\"#888\"/>", LEFT, TOP, BOTTOM, WIDTH - 4));
        label(html, LEFT - 4, TOP + 8, "end", Text.fixed(top * 100, 0) + " %");
        label(html, LEFT - 4, BOTTOM, "end", "0");
        for (double t : new double[] {0, fault.from(), fault.to()})
            if (t <= seconds) label(html, (int) x(t), BOTTOM + 14, "middle", Text.number(t) + " s");
    }

    private static void label(StringBuilder html, int x, int y, String anchor, String text) {
        html.append(String.format(
                Locale.ROOT,
                "<text x=\"%d\" y=\"%d\" font-size=\"11\" fill=\"#888\" text-anchor=\"%s\">%s</text>",
                x,
                y,
                anchor,
                text));
    }

    private void line(StringBuilder html, double[] series, String colour, double opacity, double width) {
        html.append("<polyline fill=\"none\" stroke=\"").append(colour).append("\" stroke-opacity=\"");
        html.append(opacity).append("\" stroke-width=\"").append(width).append("\" points=\"");
        for (int i = 0; i < series.length; i++)
            html.append(String.format(
                    Locale.ROOT,
                    "%.0f,%.0f ",
                    x((i + 0.5) * shares.slice()),
                    BOTTOM - series[i] / top * (BOTTOM - TOP)));
        html.append("\"/>");
    }

    private double x(double t) {
        return LEFT + t / seconds * (WIDTH - 8 - LEFT);
    }
}
