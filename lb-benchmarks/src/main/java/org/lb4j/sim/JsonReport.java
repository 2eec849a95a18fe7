package org.lb4j.sim;

import org.jspecify.annotations.Nullable;
import org.lb4j.report.Json;

/**
 * The report for programs. Its shape is stable: names are added, never changed.
 *
 * <pre>{@code
 * {"format": "lb4j-simulation-1", "seeds": [1, 2, 3],
 *  "score":  [{"contender", "regret", "worst"}],
 *  "scenarios": [{"name", "asks", "judged", "fault": {"text", "from", "to"},
 *    "contenders": [{"contender", "regret", "runs": [{"seed", "calls", "errors", "mean", "p50", "p90", "p99", "p999", "judged",
 *        "load": {"average", "maximum", "loadFactor", "maxOverAverage"}, "noticed", "recovered"}],
 *      "faultyShare": [of the traffic, by slice of the first run], "slice"}]}]}
 * }</pre>
 *
 * <p>Latencies are in milliseconds, times in seconds, shares in [0, 1]; null is "none".
 */
final class JsonReport {
    private final Json json = new Json();
    private final Standings standings;

    private JsonReport(Standings standings) {
        this.standings = standings;
    }

    static String of(Standings standings) {
        return new JsonReport(standings).write();
    }

    private String write() {
        double[] seeds =
                standings.seeds().stream().mapToDouble(Long::doubleValue).toArray();
        json.object().field("format", "lb4j-simulation-1").field("seeds", seeds).array("score");
        for (int e = 0; e < standings.entrants().size(); e++)
            json.object()
                    .field("contender", standings.entrants().get(e).id())
                    .field("regret", standings.score(e))
                    .field("worst", standings.worst(e))
                    .end();
        json.end().array("scenarios");
        for (int s = 0; s < standings.scenarios().size(); s++) scenario(s);
        return json.end().end().toString();
    }

    private void scenario(int s) {
        Scenario scenario = standings.scenarios().get(s);
        json.object().field("name", scenario.name()).field("asks", scenario.asks());
        json.field("judged", scenario.judged() ? 1 : 0);
        Fault fault = scenario.fault();
        if (fault != null)
            json.object("fault")
                    .field("text", fault.text())
                    .field("from", fault.from())
                    .field("to", fault.to())
                    .end();
        json.array("contenders");
        for (int e = 0; e < standings.entrants().size(); e++) {
            Cell cell = standings.cell(s, e);
            json.object().field("contender", standings.entrants().get(e).id()).field("regret", cell.regret());
            json.array("runs");
            for (Result result : cell.results()) run(result, fault);
            json.end();
            ShareSeries shares = cell.results().get(0).shares();
            if (shares != null) json.field("faultyShare", shares.faulty()).field("slice", shares.slice());
            json.end();
        }
        json.end().end();
    }

    private void run(Result result, @Nullable Fault fault) {
        Latencies latencies = result.latencies();
        json.object()
                .field("seed", result.seed())
                .field("calls", result.calls())
                .field("errors", result.errors());
        json.field("mean", latencies.mean() / 1e6)
                .field("p50", latencies.p50() / 1e6)
                .field("p90", latencies.p90() / 1e6)
                .field("p99", latencies.p99() / 1e6)
                .field("p999", latencies.p999() / 1e6)
                .field("judged", latencies.judged() / 1e6);
        json.object("load")
                .field("average", result.load().average())
                .field("maximum", result.load().maximum())
                .field("loadFactor", result.load().loadFactor())
                .field("maxOverAverage", result.load().maxOverAverage())
                .end();
        ShareSeries shares = result.shares();
        if (shares != null && fault != null)
            json.field("noticed", shares.noticed(fault)).field("recovered", shares.recovered(fault));
        json.end();
    }
}
