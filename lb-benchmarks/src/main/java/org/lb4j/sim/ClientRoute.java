package org.lb4j.sim;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.lb4j.Outcome;
import org.lb4j.Server;
import org.lb4j.hash.Mix;

/** Each client picks for itself, and gives up at its deadline. */
final class ClientRoute implements Route {
    private final List<Client> clients = new ArrayList<>();
    private final Events events;
    private final Machines machines;
    private final long deadline;

    ClientRoute(Scenario scenario, long seed, Events events, Machines machines, Function<Seat, Client> maker) {
        this.events = events;
        this.machines = machines;
        this.deadline = Math.round(scenario.deadline() * 1e6);
        List<Server> servers = Simulation.firstList(scenario);
        for (int i = 0; i < scenario.clients(); i++)
            clients.add(maker.apply(
                    new Seat(servers, scenario.clients(), events, Mix.mix(seed + 31L * i + 7), machines.all())));
    }

    @Override
    public void begin(SimCall call, Trail trail) {
        Client.Ticket ticket = clients.get(call.client()).begin();
        if (ticket == null) {
            trail.ended(Outcome.REJECTED);
            return;
        }
        trail.sent(ticket.server());
        Once once = new Once(ticket, trail);
        machines.send(call, ticket.server(), once::end);
        if (deadline > 0) events.at(call.start() + deadline, () -> once.end(Outcome.TIMEOUT));
    }

    @Override
    public void update(List<Server> servers) {
        for (Client client : clients) client.update(servers);
    }

    /** The answer or the deadline, whichever is first. */
    private static final class Once {
        private final Client.Ticket ticket;
        private final Trail trail;
        private boolean ended;

        Once(Client.Ticket ticket, Trail trail) {
            this.ticket = ticket;
            this.trail = trail;
        }

        void end(Outcome outcome) {
            if (ended) return;
            ended = true;
            ticket.end(outcome);
            trail.ended(outcome);
        }
    }
}
