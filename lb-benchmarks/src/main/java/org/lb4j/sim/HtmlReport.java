package org.lb4j.sim;

import org.lb4j.report.Text;

/** The report as one page that needs no network: what is good, where, and what happens around each fault. */
final class HtmlReport {
    private static final String STYLE = """
            :root { color-scheme: light dark; --line: #8884; --soft: #8882; --good: #2a9d57; --bad: #d1495b; --own: #1769aa; }
            body { font: 16px/1.5 system-ui, sans-serif; margin: 0 auto; max-width: 76rem; padding: 1rem; }
            h1 { line-height: 1.2; } h2 { margin-top: 2.5rem; border-top: 1px solid var(--line); padding-top: 1rem; }
            .note { color: #888; max-width: 60rem; } .wide { overflow-x: auto; }
            table { border-collapse: collapse; font-size: .82rem; font-variant-numeric: tabular-nums; }
            th, td { padding: .25rem .45rem; text-align: right; white-space: nowrap; border: 1px solid var(--line); }
            th:first-child { text-align: left; position: sticky; left: 0; background: Canvas; }
            thead th { vertical-align: bottom; } thead th span { writing-mode: vertical-rl; transform: rotate(180deg); }
            .own { font-weight: 700; outline: 2px solid var(--own); outline-offset: -2px; }
            .rows { display: grid; gap: .3rem; font-size: .85rem; }
            .row { display: grid; grid-template-columns: 11.5rem 1fr; align-items: center; gap: .5rem; }
            .row.ours b { color: var(--own); } .row b { font-weight: 600; overflow-wrap: anywhere; }
            .track { position: relative; height: 1.2rem; background: var(--soft); border-radius: 3px; }
            .track i { position: absolute; top: 30%; height: 40%; background: #8887; border-radius: 3px; }
            .track u { position: absolute; top: 0; width: 3px; height: 100%; margin-left: -1px; text-decoration: none; }
            .p50 { background: #7aa5d2; } .p90 { background: #4379b3; } .p99 { background: #d1495b; } .p999 { background: #8a5a83; }
            .scale { position: relative; height: 1.3rem; font-size: .75rem; color: #888; }
            .scale span { position: absolute; transform: translateX(-50%); }
            .key span { display: inline-block; width: .7rem; height: .7rem; margin: 0 .3rem 0 .9rem; }
            .panels { display: grid; grid-template-columns: repeat(auto-fill, minmax(17rem, 1fr)); gap: 1rem; margin-top: 1rem; }
            figure { margin: 0; } figcaption { font-size: .85rem; font-weight: 600; } svg { width: 100%; height: auto; }
            @media (max-width: 40rem) { .row { grid-template-columns: 1fr; gap: 0; } }
            """;

    private final Standings standings;
    private final StringBuilder page = new StringBuilder();

    HtmlReport(Standings standings) {
        this.standings = standings;
    }

    String write() {
        page.append("<!doctype html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n")
                .append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n")
                .append("<title>lb4j: how good a pick is</title>\n<style>\n")
                .append(STYLE)
                .append("</style>\n<h1>How good a pick is</h1>\n");
        summary();
        page.append(new RegretTable(standings).write());
        for (int s = 0; s < standings.scenarios().size(); s++) scenario(s);
        return page.append("</html>\n").toString();
    }

    private void summary() {
        page.append("<p class=\"note\">Simulated clients and servers in virtual time, seeds ")
                .append(standings.seeds())
                .append(
                        ". <b>Regret</b> is the p99 latency over that of an omniscient central queue, which no client can beat: "
                                + "1 is perfect, 2 is twice as slow. A call that failed at once counts as one of 10 s.</p>\n");
        int adaptive = standings.entrant("adaptive");
        if (adaptive < 0 || standings.regrets(adaptive).isEmpty()) return;
        page.append("<p><b>adaptive</b>: mean regret ")
                .append(Text.times(standings.score(adaptive)))
                .append(", worst ")
                .append(Text.times(standings.worst(adaptive)))
                .append(".</p>\n");
    }

    private void scenario(int s) {
        Scenario scenario = standings.scenarios().get(s);
        page.append("<h2 id=\"").append(scenario.name()).append("\">").append(scenario.name());
        page.append("</h2>\n<p>").append(scenario.asks()).append(".</p>\n");
        page.append(new LatencyChart(standings, s).write());
        Fault fault = scenario.fault();
        if (fault == null) return;
        page.append(
                        "<p class=\"note\">Share of the traffic of each server over time, in per cent: <b style=\"color:#d1495b\">")
                .append(fault.servers().size() == 1 ? "the server" : "the servers")
                .append("</b> in question, the others grey; shaded: ")
                .append(fault.text())
                .append(".</p>\n<div class=\"panels\">\n");
        for (int e = 0; e < standings.entrants().size(); e++) {
            ShareSeries shares = standings.cell(s, e).results().get(0).shares();
            if (shares != null)
                page.append(new ShareChart(standings.entrants().get(e).id(), scenario, fault, shares).write());
        }
        page.append("</div>\n");
    }
}
