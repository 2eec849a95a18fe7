package org.lb4j.sim;

import static org.lb4j.sim.Condition.failing;
import static org.lb4j.sim.Condition.slower;
import static org.lb4j.sim.Condition.speed;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.lb4j.Outcome;
import org.lb4j.hash.Mix;

/**
 * The situations that contenders are judged in. Unless said otherwise: 20 servers of 8 slots, 20 clients, work exponential
 * of mean 20 ms, load 0.7, 0.25 ms of network one way, 30 s of which 25 are scored.
 */
final class Scenarios {
    private static final Node EIGHT = Node.of(4);

    private Scenarios() {}

    static List<Scenario> all() {
        List<Scenario> all = new ArrayList<>();
        all.addAll(steady());
        all.addAll(weighted());
        all.addAll(slowed());
        all.addAll(failed());
        all.addAll(changing());
        return all;
    }

    private static List<Scenario> steady() {
        String herds = "equal servers: does it herd, does it degrade to random when each client sees little";
        return List.of(
                Scenario.named("even-1-client", herds).clients(1).load(0.9).build(),
                Scenario.named("even-50-clients", herds).clients(50).load(0.85).build(),
                Scenario.named("even-200-clients", herds).clients(200).load(0.8).build(),
                Scenario.named("heavy-tail", "heavy-tailed work (cv 4): does one long call spoil a server")
                        .work(Distribution.lognormal(20, 4))
                        .build(),
                Scenario.named("speeds", "speeds 1 : 0.5 : 2 without weights: does it learn capacity")
                        .servers(21, i -> EIGHT.speed(new double[] {1, 0.5, 2}[i % 3]))
                        .build(),
                Scenario.named(
                                "quiet",
                                "less than two calls a second and client: does it do no harm when it knows nothing")
                        .clients(200)
                        .servers(20, EIGHT.slots(1))
                        .work(Distribution.exponential(40))
                        .perSecond(300)
                        .seconds(20, 220)
                        .notJudged()
                        .build());
    }

    private static List<Scenario> weighted() {
        List<Scenario> all = new ArrayList<>();
        for (int clients : new int[] {1, 20, 100}) {
            String plural = clients + (clients == 1 ? "-client" : "-clients");
            all.add(Scenario.named(
                            "weights-true-" + plural, "weights 1:2:4 equal to the capacities: is a weight believed")
                    .servers(21, i -> Node.of(2 << i % 3).weight(1 << i % 3))
                    .clients(clients)
                    .build());
            all.add(Scenario.named("weights-lie-" + plural, "weights 1:3 on equal machines: as far as it deserves")
                    .servers(20, i -> EIGHT.weight(i % 2 == 0 ? 1 : 3))
                    .clients(clients)
                    .load(0.6)
                    .build());
        }
        return all;
    }

    private static List<Scenario> slowed() {
        return List.of(
                Scenario.named(
                                "slow-server",
                                "one server at a tenth of its speed from 20 s on: how fast does it notice")
                        .server(0, EIGHT.then(20, speed(0.1)))
                        .seconds(5, 50)
                        .fault("one server at a tenth of its speed", Set.of(0), 20, 50)
                        .build(),
                antagonists(5),
                antagonists(100),
                Scenario.named("two-seconds-more", "one server answers 2 s late for 20 s: latency without saturation")
                        .server(0, EIGHT.during(15, 35, slower(2000)))
                        .seconds(5, 60)
                        .fault("one server answers 2 s late", Set.of(0), 15, 35)
                        .build(),
                Scenario.named("hang", "one server hangs for 5 s: calls that never return are evidence too")
                        .server(0, EIGHT.during(15, 20, speed(0)))
                        .seconds(5, 45)
                        .fault("one server hangs", Set.of(0), 15, 20)
                        .build());
    }

    /** Which tenth is slow changes each second, by a fixed law. */
    private static Scenario antagonists(int clients) {
        List<Integer> order = IntStream.range(0, 20).boxed().toList();
        return Scenario.named(
                        "antagonists-" + clients + "-clients",
                        "a tenth of the servers at a quarter of their speed, changing each second: can it follow")
                .servers(20, i -> {
                    Node node = EIGHT;
                    for (int second = 0; second < 40; second++) {
                        int first = (int) (Mix.mix(second + 1) >>> 33) % order.size();
                        int other = (first + 7) % order.size();
                        node = node.then(second, speed(i == first || i == other ? 0.25 : 1));
                    }
                    return node;
                })
                .clients(clients)
                .load(0.6)
                .seconds(5, 40)
                .build();
    }

    private static List<Scenario> failed() {
        Condition refused = failing(Outcome.REJECTED, 1);
        Condition broken = failing(Outcome.FAILURE, 1);
        return List.of(
                Scenario.named(
                                "black-hole",
                                "one of ten servers fails in 1 ms: the fastest server is the one that answers 500")
                        .servers(10, i -> i == 0 ? EIGHT.then(10, broken) : EIGHT)
                        .load(0.6)
                        .seconds(5, 60)
                        .fault("one server fails in 1 ms", Set.of(0), 10, 60)
                        .build(),
                Scenario.named("fast-503", "three of 20 servers answer 503 at once for 10 s, then recover")
                        .servers(20, i -> i < 3 ? EIGHT.during(15, 25, refused) : EIGHT)
                        .seconds(5, 60)
                        .fault("three servers answer 503 at once", Set.of(0, 1, 2), 15, 25)
                        .build(),
                Scenario.named("all-500", "all servers answer 500 for 5 s: the way back is what counts")
                        .servers(20, EIGHT.during(15, 20, broken))
                        .seconds(5, 45)
                        .outage("all servers answer 500", Set.of(0), 15, 20)
                        .build());
    }

    private static List<Scenario> changing() {
        double rate = new ScenarioBuilder("", "").rate(1);
        return List.of(
                rollingRestart(),
                scaleOut(
                        "scale-out",
                        "10 servers become 20 at 15 s: do the new ones get their share and no more",
                        EIGHT),
                scaleOut(
                        "cold-caches",
                        "the same, and the new ones begin at a quarter of their speed and warm up within 8 s",
                        EIGHT.then(0, speed(0.25))
                                .then(17, speed(0.5))
                                .then(20, speed(0.75))
                                .then(23, speed(1))),
                Scenario.named("load-step", "load 0.5, then 1.1 for 10 s, then 0.5: overload and the way back")
                        .traffic(Traffic.open(List.of(
                                new Traffic.Step(0, 0.5 * rate),
                                new Traffic.Step(15, 1.1 * rate),
                                new Traffic.Step(25, 0.5 * rate))))
                        .seconds(5, 45)
                        .build(),
                Scenario.named("many-servers", "a thousand servers, five clients")
                        .servers(1000, EIGHT.slots(2))
                        .clients(5)
                        .work(Distribution.exponential(100))
                        .seconds(2, 12)
                        .build(),
                Scenario.named("many-clients", "a thousand clients, five servers")
                        .servers(5, EIGHT.slots(32))
                        .clients(1000)
                        .build(),
                Scenario.named("zones", "three zones, 1 ms inside and 30 ms across: spill over without flapping")
                        .servers(18, i -> EIGHT.zone(new String[] {"a", "b", "c"}[i % 3]))
                        .clients(30)
                        .network(0.5, 15)
                        .build());
    }

    private static Scenario scaleOut(String name, String asks, Node fresh) {
        List<Integer> ten = IntStream.range(0, 10).boxed().toList();
        List<Integer> twenty = IntStream.range(0, 20).boxed().toList();
        return Scenario.named(name, asks)
                .servers(20, i -> i < 10 ? EIGHT : fresh)
                .clients(100)
                .load(0.4) // of all twenty, so 0.8 of the first ten
                .list(0, ten)
                .list(15, twenty)
                .seconds(5, 40)
                .fault("ten servers join", Set.of(10, 11, 12, 13, 14, 15, 16, 17, 18, 19), 15, 40)
                .build();
    }

    /** Every 3 s the next server refuses calls for 2 s; clients hear of its leaving and return half a second late. */
    private static Scenario rollingRestart() {
        int n = 10;
        List<Integer> all = IntStream.range(0, n).boxed().toList();
        ScenarioBuilder scenario = Scenario.named(
                        "rolling-restart", "ten servers restart one after another, the list is half a second late")
                .servers(n, i -> EIGHT.during(6 + 3 * i, 8 + 3 * i, failing(Outcome.REJECTED, 1)))
                .load(0.6)
                .seconds(5, 40)
                .fault("the first server restarts", Set.of(0), 6, 8);
        for (int i = 0; i < n; i++) {
            int restarting = i;
            scenario.list(6.5 + 3 * i, all.stream().filter(s -> s != restarting).toList());
            scenario.list(8.5 + 3 * i, all);
        }
        return scenario.build();
    }
}
