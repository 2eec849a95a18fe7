package org.lb4j.sim;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.lb4j.Outcome;
import org.lb4j.Server;

/** What the re-implemented rules of others share: who is on the list, and a count of calls in flight. */
abstract class ReferenceClient implements Client {
    final Dice dice;
    final int[] inFlight;
    final double[] weights;
    private final Events events;
    private int[] present = {};

    ReferenceClient(Seat seat) {
        this.events = seat.events();
        this.dice = new Dice(seat.seed());
        this.inFlight = new int[seat.machines().size()];
        this.weights = seat.machines().stream()
                .mapToDouble(machine -> machine.node().weight())
                .toArray();
        update(seat.servers());
    }

    /** The rule: one of those present, of which there are two or more. */
    abstract int pick(int[] present);

    void ended(int server, long latency, Outcome outcome) {}

    final long now() {
        return events.nanos();
    }

    final int[] present() {
        return present;
    }

    @Override
    public final void update(List<Server> servers) {
        present = servers.stream().mapToInt(Node::index).toArray();
    }

    @Override
    public final @Nullable Ticket begin() {
        if (present.length == 0) return null;
        int server = present.length == 1 ? present[0] : pick(present);
        inFlight[server]++;
        return new Open(server, now());
    }

    /** Two that differ, in random order. */
    final int[] twoOf(int[] servers) {
        int a = dice.below(servers.length);
        int b = dice.below(servers.length - 1);
        return new int[] {servers[a], servers[b >= a ? b + 1 : b]};
    }

    private final class Open implements Ticket {
        private final int server;
        private final long start;

        Open(int server, long start) {
            this.server = server;
            this.start = start;
        }

        @Override
        public int server() {
            return server;
        }

        @Override
        public void end(Outcome outcome) {
            inFlight[server]--;
            ended(server, now() - start, outcome);
        }
    }
}
