package org.lb4j.sim;

import java.util.List;

/** The servers of one run, and the way to them. */
final class Machines {
    private final Scenario scenario;
    private final Events events;
    private final List<Machine> all;
    private final List<String> zones;

    Machines(Scenario scenario, Events events) {
        this.scenario = scenario;
        this.events = events;
        this.all =
                scenario.nodes().stream().map(node -> new Machine(events, node)).toList();
        this.zones = scenario.zones();
    }

    List<Machine> all() {
        return all;
    }

    /** Nanoseconds one way. */
    long delay(int client, int server) {
        String zone = zones.get(client % zones.size());
        return scenario.network().nanos(zone, scenario.nodes().get(server).zone());
    }

    /** There, through the queue, and back. */
    void send(SimCall call, int server, Machine.Answer answer) {
        long delay = delay(call.client(), server);
        Machine machine = all.get(server);
        Machine.Answer back = outcome -> later(delay, () -> answer.leaves(outcome));
        later(delay, () -> machine.accept(call.work(), back));
    }

    private void later(long delay, Runnable act) {
        if (delay == 0) act.run();
        else events.at(events.nanos() + delay, act);
    }
}
