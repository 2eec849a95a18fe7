package org.lb4j.sim;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import org.lb4j.Outcome;
import org.lb4j.Server;

/**
 * The limit: one central queue over all servers, and whoever is first in it gets the free slot that is done with it soonest.
 * It knows the work of each call, all that will happen to a server, and pays no time for asking. A call that must fail goes
 * to a failing server; any other never does.
 */
final class Omniscient implements Route {
    private record Waiting(SimCall call, Trail trail, long deadline) {}

    private final Events events;
    private final Machines machines;
    private final long deadline;
    private final Queue<Waiting> queue = new ArrayDeque<>();
    private final boolean[] listed;

    Omniscient(Scenario scenario, Events events, Machines machines) {
        this.events = events;
        this.machines = machines;
        this.deadline = Math.round(scenario.deadline() * 1e6);
        this.listed = new boolean[machines.all().size()];
        for (Machine machine : machines.all()) machine.whenFree(this::drain);
        update(Simulation.firstList(scenario));
    }

    @Override
    public void begin(SimCall call, Trail trail) {
        queue.add(new Waiting(call, trail, deadline == 0 ? Long.MAX_VALUE : call.start() + deadline));
        drain();
    }

    @Override
    public void update(List<Server> servers) {
        Arrays.fill(listed, false);
        for (Server server : servers) listed[Node.index(server)] = true;
        drain();
    }

    private void drain() {
        while (!queue.isEmpty()) {
            Waiting first = queue.element();
            int server = first.deadline <= events.nanos() ? -1 : best(first.call);
            if (server < 0 && first.deadline > events.nanos()) return;
            queue.remove();
            if (server < 0) first.trail.ended(Outcome.TIMEOUT);
            else send(first, server);
        }
    }

    /** The central queue stands beside the servers: the way there costs the call time, but no slot. */
    private void send(Waiting first, int server) {
        first.trail.sent(server);
        long travel = 2 * machines.delay(first.call.client(), server);
        machines.all().get(server).accept(first.call.work(), outcome -> {
            long end = Math.min(events.nanos() + travel, first.deadline);
            Outcome known = end == first.deadline ? Outcome.TIMEOUT : outcome;
            events.at(Math.max(end, events.nanos()), () -> first.trail.ended(known));
        });
    }

    private int best(SimCall call) {
        List<Machine> all = machines.all();
        int best = -1;
        boolean bestFails = true;
        long bestEnd = Long.MAX_VALUE;
        for (int i = 0; i < all.size(); i++) {
            Machine machine = all.get(i);
            if (!listed[i] || !machine.hasFreeSlot()) continue;
            boolean fails = machine.condition().failing() != null;
            if (fails && !bestFails) continue;
            long end = machine.finish(call.work()) + 2 * machines.delay(call.client(), i);
            if (bestFails && !fails || end < bestEnd) {
                best = i;
                bestEnd = end;
                bestFails = fails;
            }
        }
        return bestFails && anyWell() ? -1 : best;
    }

    private boolean anyWell() {
        List<Machine> all = machines.all();
        for (int i = 0; i < all.size(); i++)
            if (listed[i] && all.get(i).condition().failing() == null) return true;
        return false;
    }
}
