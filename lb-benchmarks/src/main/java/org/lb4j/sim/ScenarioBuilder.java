package org.lb4j.sim;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** The usual case, and what a scenario changes of it. */
final class ScenarioBuilder {
    private final String name;
    private final String asks;
    private List<Node> nodes = Collections.nCopies(20, Node.of(4));
    private int clients = 20;
    private Distribution work = Distribution.exponential(20);
    private @Nullable Traffic traffic;
    private double load = 0.7;
    private Network network = Network.LOCAL;
    private double seconds = 30;
    private double warmUp = 5;
    private double deadline;
    private final List<FleetChange> changes = new ArrayList<>();
    private @Nullable Fault fault;
    private boolean judged = true;

    ScenarioBuilder(String name, String asks) {
        this.name = name;
        this.asks = asks;
    }

    ScenarioBuilder servers(int count, IntFunction<Node> node) {
        List<Node> all = new ArrayList<>();
        for (int i = 0; i < count; i++) all.add(node.apply(i));
        nodes = List.copyOf(all);
        return this;
    }

    ScenarioBuilder servers(int count, Node node) {
        return servers(count, i -> node);
    }

    /** One server is another than the rest. */
    ScenarioBuilder server(int index, Node node) {
        List<Node> all = new ArrayList<>(nodes);
        all.set(index, node);
        nodes = List.copyOf(all);
        return this;
    }

    ScenarioBuilder clients(int clients) {
        this.clients = clients;
        return this;
    }

    ScenarioBuilder work(Distribution work) {
        this.work = work;
        return this;
    }

    /** Share of the capacity of all servers that is asked for. */
    ScenarioBuilder load(double load) {
        this.load = load;
        return this;
    }

    ScenarioBuilder perSecond(double calls) {
        this.traffic = Traffic.open(List.of(new Traffic.Step(0, calls)));
        return this;
    }

    ScenarioBuilder traffic(Traffic traffic) {
        this.traffic = traffic;
        return this;
    }

    ScenarioBuilder network(double inside, double across) {
        this.network = new Network(inside, across);
        return this;
    }

    ScenarioBuilder seconds(double warmUp, double seconds) {
        this.warmUp = warmUp;
        this.seconds = seconds;
        return this;
    }

    ScenarioBuilder deadline(double ms) {
        this.deadline = ms;
        return this;
    }

    ScenarioBuilder list(double seconds, List<Integer> servers) {
        changes.add(new FleetChange(seconds, servers));
        return this;
    }

    ScenarioBuilder fault(String text, Set<Integer> servers, double from, double to) {
        this.fault = new Fault(text, servers, from, to, true);
        return this;
    }

    /** A fault in which nothing can be saved: what counts is the time after it. */
    ScenarioBuilder outage(String text, Set<Integer> servers, double from, double to) {
        this.fault = new Fault(text, servers, from, to, false);
        return this;
    }

    ScenarioBuilder notJudged() {
        this.judged = false;
        return this;
    }

    /** Calls a second that are so much of the capacity. */
    double rate(double load) {
        return load * nodes.stream().mapToDouble(Node::capacity).sum() * 1e9 / work.mean();
    }

    Scenario build() {
        Traffic calls = traffic != null ? traffic : Traffic.open(List.of(new Traffic.Step(0, rate(load))));
        return new Scenario(
                name,
                asks,
                nodes,
                clients,
                work,
                calls,
                network,
                seconds,
                warmUp,
                deadline,
                List.copyOf(changes),
                fault,
                judged);
    }
}
