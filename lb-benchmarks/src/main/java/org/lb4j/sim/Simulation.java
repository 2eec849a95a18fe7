package org.lb4j.sim;

import java.util.List;
import java.util.stream.IntStream;
import org.lb4j.Outcome;
import org.lb4j.Server;

/** One run: a scenario, somebody who chooses, a seed. */
final class Simulation {
    private static final int SAMPLES = 300;

    private final Scenario scenario;
    private final Events events = new Events();
    private final Machines machines;
    private final Route route;
    private final Recorder recorder;
    private final Dice arrivals;
    private final Dice work;
    private final Dice callers;
    private final long pause;
    private int begun;

    private Simulation(Scenario scenario, Entrant entrant, long seed) {
        this.scenario = scenario;
        this.pause = scenario.end() / SAMPLES;
        this.machines = new Machines(scenario, events);
        this.recorder = new Recorder(scenario);
        this.arrivals = Dice.of(seed, 1);
        this.work = Dice.of(seed, 2);
        this.callers = Dice.of(seed, 3);
        this.route = entrant.route(scenario, seed, events, machines);
    }

    /** Runs it to the end of its last call. The calls are the same for every entrant. */
    static Result run(Scenario scenario, Entrant entrant, long seed) {
        Simulation simulation = new Simulation(scenario, entrant, seed);
        simulation.plan();
        simulation.events.run();
        return simulation.recorder.result(seed, simulation.events.nanos());
    }

    /** What the clients know at the start. */
    static List<Server> firstList(Scenario scenario) {
        for (FleetChange change : scenario.changes())
            if (change.seconds() == 0) return servers(scenario, change.servers());
        return servers(
                scenario, IntStream.range(0, scenario.nodes().size()).boxed().toList());
    }

    private static List<Server> servers(Scenario scenario, List<Integer> indexes) {
        return indexes.stream().map(i -> scenario.nodes().get(i).server(i)).toList();
    }

    private void plan() {
        for (FleetChange change : scenario.changes()) {
            List<Server> servers = servers(scenario, change.servers());
            if (change.seconds() > 0) events.at(Math.round(change.seconds() * 1e9), () -> route.update(servers));
        }
        if (scenario.traffic().closed() > 0) {
            for (int i = 0; i < scenario.traffic().closed(); i++) events.at(0, this::begin);
        } else {
            planNext();
            events.at(pause, this::sample);
        }
    }

    private void planNext() {
        long next = scenario.traffic().next(events.nanos(), arrivals);
        if (next >= scenario.end()) return;
        events.at(next, () -> {
            begin();
            planNext();
        });
    }

    private void begin() {
        if (scenario.traffic().closed() > 0 && begun == scenario.traffic().calls()) return;
        begun++;
        long start = events.nanos();
        SimCall call = new SimCall(
                start, callers.below(scenario.clients()), scenario.work().draw(work));
        route.begin(call, new Trail(call));
    }

    private void sample() {
        recorder.sample(events.nanos(), machines.all());
        if (events.nanos() + pause < scenario.end()) events.at(events.nanos() + pause, this::sample);
    }

    private final class Trail implements Route.Trail {
        private final SimCall call;

        Trail(SimCall call) {
            this.call = call;
        }

        @Override
        public void sent(int server) {
            recorder.sent(server, events.nanos());
        }

        @Override
        public void ended(Outcome outcome) {
            recorder.ended(call, outcome, events.nanos());
            if (scenario.traffic().closed() > 0) begin();
        }
    }
}
