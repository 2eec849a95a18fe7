package org.lb4j.examples.demo;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.lb4j.Hold;
import org.lb4j.ServerStatus;

/** The table of the servers: share of traffic as a bar, figures, state and cause. */
final class Board {
    private static final int BAR = 24;
    private static final String HEAD = String.format(
            Locale.ROOT,
            "  %-10s %-" + BAR + "s %6s %8s %7s %7s %7s  %s",
            "server",
            "share of calls",
            "",
            "calls/s",
            "mean ms",
            "running",
            "failed",
            "state");

    /**
     * A row.
     *
     * @param status what the pool says
     * @param calls in the time looked at
     * @param whyDown why it last failed its checks
     * @param whyEjected why it was last ejected
     * @param broken whether somebody broke it
     */
    record Row(ServerStatus status, Tally.Count calls, String whyDown, String whyEjected, boolean broken) {}

    private Board() {}

    static List<String> lines(List<Row> rows, double seconds) {
        long all =
                Math.max(1, rows.stream().mapToLong(row -> row.calls().calls()).sum());
        List<String> lines = new ArrayList<>();
        lines.add(HEAD);
        for (Row row : rows) lines.add(line(row, (double) row.calls().calls() / all, seconds));
        return lines;
    }

    private static String line(Row row, double share, double seconds) {
        ServerStatus status = row.status();
        Duration mean = status.latency();
        return String.format(
                Locale.ROOT,
                "  %-10s %-" + BAR + "s %4.0f %% %8.0f %7s %7d %7d  %s",
                status.server().id(),
                "#".repeat((int) Math.round(share * BAR)),
                share * 100,
                row.calls().calls() / seconds,
                mean == null ? "-" : String.format(Locale.ROOT, "%.1f", mean.toNanos() / 1e6),
                status.inFlight(),
                row.calls().failures(),
                state(row));
    }

    private static String state(Row row) {
        ServerStatus status = row.status();
        String state;
        if (status.holds().contains(Hold.DRAIN)) state = "draining";
        else if (status.holds().contains(Hold.CHECK)) state = "out: " + row.whyDown();
        else if (status.onTrial()) state = "on trial: " + row.whyEjected();
        else if (status.holds().contains(Hold.OUTLIER)) state = "ejected: " + row.whyEjected();
        else if (status.effectiveWeight() < status.server().weight())
            state = String.format(Locale.ROOT, "warming up, %.0f %%", 100 * status.effectiveWeight());
        else state = "well";
        return row.broken() ? state + " (broken by you)" : state;
    }
}
