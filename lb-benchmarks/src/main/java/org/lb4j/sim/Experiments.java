package org.lb4j.sim;

import static org.lb4j.report.Text.fixed;
import static org.lb4j.report.Text.ms;
import static org.lb4j.report.Text.percent;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.lb4j.Algorithm;
import org.lb4j.algorithm.Algorithms;
import org.lb4j.contender.Contender;
import org.lb4j.load.Loads;

/** Experiments that others published, done again here. Where a detail was not published, the comment says what was taken. */
final class Experiments {
    private static final Entrant ROUND_ROBIN = Ours.of(Contender.ROUND_ROBIN);
    private static final Entrant PEAK_EWMA = Ours.of(Contender.PEAK_EWMA);
    private static final Entrant LEAST_OF_TWO = Ours.of(Contender.POWER_OF_TWO);
    private static final Entrant ADAPTIVE = Ours.of(Contender.ADAPTIVE);
    private static final int UNLIMITED = 100_000;

    private Experiments() {}

    static List<Experiment> all() {
        return List.of(linkerd(), tower(), brpc(), prequal(0.75), prequal(0.9), evenness(), evennessUnderChange());
    }

    /** One client; servers take any number of calls at once. */
    private static Experiment linkerd() {
        Scenario scenario = Scenario.named("linkerd-2016", "one of eleven servers at 2 s during seconds 15 to 45")
                .servers(
                        11,
                        i -> i == 0 ? Node.of(UNLIMITED).during(15, 45, Condition.slower(1833)) : Node.of(UNLIMITED))
                .clients(1)
                .work(Distribution.normal(167, 5))
                .perSecond(1000)
                .network(0, 0)
                .deadline(1000)
                .seconds(0, 60)
                .build();
        return new Experiment(
                "Linkerd 2016: success within 1 s, in per cent",
                scenario,
                List.of("success"),
                result -> List.of(percent(1 - result.errors())),
                List.of(
                        Experiment.Line.of(ROUND_ROBIN, "95"),
                        Experiment.Line.of(LEAST_OF_TWO, "99"),
                        Experiment.Line.of(PEAK_EWMA, "99.9"),
                        Experiment.Line.of(ADAPTIVE, "-")));
    }

    private static Experiment tower() {
        double[] slowness = {1, 10, 10, 10, 10, 100, 100, 100, 100, 1000};
        Scenario scenario = Scenario.named("tower-76", "50 calls always in flight over servers 1 to 1000 times slower")
                .servers(10, i -> Node.of(UNLIMITED).speed(1 / slowness[i]))
                .clients(1)
                .work(Distribution.uniform(1))
                .traffic(Traffic.closed(50, 50_000))
                .network(0, 0)
                .seconds(0, 1000)
                .build();
        return new Experiment(
                "tower #76: 50,000 calls, 50 at once: seconds in all, then latencies in ms",
                scenario,
                List.of("s", "p50", "p90", "p99", "p99.9"),
                result -> List.of(
                        fixed(result.end() / 1e9, 0),
                        ms(result.latencies().p50()),
                        ms(result.latencies().p90()),
                        ms(result.latencies().p99()),
                        ms(result.latencies().p999())),
                List.of(
                        Experiment.Line.of(PEAK_EWMA, "15", "5", "56", "96", "105"),
                        Experiment.Line.of(LEAST_OF_TWO, "18", "5", "57", "98", "857"),
                        Experiment.Line.of(ROUND_ROBIN, "72", "9", "98", "906", "988"),
                        Experiment.Line.of(ADAPTIVE, "-", "-", "-", "-", "-")));
    }

    private static Experiment brpc() {
        Scenario scenario = Scenario.named(
                        "brpc-3340", "two of four servers 5 ms slower: how many calls meet one of them")
                .servers(4, i -> i < 2 ? Node.of(64) : Node.of(64).then(0, Condition.slower(5)))
                .clients(1)
                .work(Distribution.uniform(0.6))
                .perSecond(2000)
                .network(0, 0)
                .seconds(1, 21)
                .fault("two slower servers", Set.of(2, 3), 0, 21)
                .build();
        return new Experiment(
                "brpc #3340: share of calls that a slow server gets, in per cent",
                scenario,
                List.of("slow"),
                result -> List.of(percent(faulty(result))),
                List.of(
                        Experiment.Line.of(
                                of("powerOf(2, peakEwma)", Algorithms.powerOf(2, Loads.peakEwma())), "at least 16.7"),
                        Experiment.Line.of(of("powerOf(4, peakEwma)", Algorithms.powerOf(4, Loads.peakEwma())), "0"),
                        Experiment.Line.of(ADAPTIVE, "-")));
    }

    private static double faulty(Result result) {
        ShareSeries shares = result.shares();
        return shares == null
                ? Double.NaN
                : Arrays.stream(shares.faulty()).average().orElse(Double.NaN);
    }

    /**
     * Taken: mean work of 80 ms, since the published p99 is that of the work alone; ten slots a server; on every other
     * machine neighbours leave it seven tenths of its speed for two seconds in four.
     */
    private static Experiment prequal(double load) {
        Scenario scenario = Scenario.named(
                        "prequal-" + Math.round(100 * load), "100 clients, 100 servers with neighbours")
                .servers(100, i -> {
                    Node node = Node.of(10);
                    for (int t = 0; t < 20; t += 4)
                        if (i % 2 == 0) node = node.during(t + i % 4, t + i % 4 + 2, Condition.speed(0.7));
                    return node;
                })
                .clients(100)
                .work(Distribution.normal(80, 80))
                .load(load * 0.85) // neighbours take 15 % of the whole
                .deadline(5000)
                .seconds(4, 20)
                .build();
        boolean full = load == 0.9;
        return new Experiment(
                "Prequal's testbed at " + Math.round(100 * load) + " % load, latencies in ms",
                scenario,
                List.of("p90", "p99"),
                result -> List.of(
                        ms(result.latencies().p90()), ms(result.latencies().p99())),
                List.of(
                        Experiment.Line.of(Reference.REPORTED_WRR, full ? "1667" : "-", "-"),
                        Experiment.Line.of(Reference.C3_RANKING, "-", full ? "304" : "-"),
                        Experiment.Line.of(Reference.PREQUAL, "-", full ? "286" : "-"),
                        Experiment.Line.of(ADAPTIVE, "-", "-")));
    }

    private static ScenarioBuilder fewCalls(String name, String asks) {
        return Scenario.named(name, asks)
                .servers(10, Node.of(UNLIMITED))
                .clients(5)
                .work(Distribution.constant(1000))
                .perSecond(750)
                .network(0, 0)
                .seconds(0, 1)
                .fault("all", Set.of(0), 0, 1);
    }

    /** 5 clients begin about 150 calls each, none of which ends before the last has begun. */
    private static Experiment evenness() {
        return spread(
                "Finagle's evenness",
                fewCalls("evenness", "calls that do not end").build());
    }

    private static Experiment evennessUnderChange() {
        ScenarioBuilder scenario = fewCalls("evenness-change", "the same while the list shrinks, grows and rolls");
        for (int i = 0; i < 10; i++) {
            int gone = i;
            List<Integer> nine = new ArrayList<>(IntStream.range(0, 10).boxed().toList());
            nine.removeIf(s -> s == gone);
            scenario.list(0.05 + i / 10.0, nine);
        }
        return spread("Finagle's evenness while the list rolls", scenario.build());
    }

    private static Experiment spread(String title, Scenario scenario) {
        return new Experiment(
                title + ": the fullest server's calls over the mean",
                scenario,
                List.of("max/mean"),
                result -> List.of(fixed(fullest(result), 2)),
                List.of(
                        Experiment.Line.of(ROUND_ROBIN, "below 2"),
                        Experiment.Line.of(LEAST_OF_TWO, "below 2"),
                        Experiment.Line.of(Ours.of(Contender.LEAST_CONNECTIONS), "below 2"),
                        Experiment.Line.of(ADAPTIVE, "below 2")));
    }

    private static double fullest(Result result) {
        ShareSeries shares = result.shares();
        if (shares == null) return Double.NaN;
        double most = 0;
        for (double[] server : shares.servers())
            most = Math.max(most, Arrays.stream(server).average().orElse(0));
        return most * shares.servers().length;
    }

    private static Entrant of(String id, Algorithm algorithm) {
        return new Ours(id, algorithm);
    }
}
