package org.lb4j.sim;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.lb4j.Algorithm;
import org.lb4j.Lease;
import org.lb4j.NoServerAvailableException;
import org.lb4j.Outcome;
import org.lb4j.Selector;
import org.lb4j.Server;
import org.lb4j.ServerPool;

/** The production classes: a pool and a selector, given a clock and a seed and nothing else. */
final class PoolClient implements Client {
    private final ServerPool pool;
    private final Selector selector;

    PoolClient(Seat seat, Algorithm algorithm) {
        pool = ServerPool.builder()
                .servers(seat.servers())
                .ticker(seat.events())
                .seed(seat.seed())
                .build();
        selector = pool.selector(algorithm);
    }

    @Override
    public @Nullable Ticket begin() {
        try {
            return new Leased(selector.acquire());
        } catch (NoServerAvailableException none) {
            return null;
        }
    }

    @Override
    public void update(List<Server> servers) {
        pool.update(servers);
    }

    private record Leased(Lease lease) implements Ticket {
        @Override
        public int server() {
            return Node.index(lease.server());
        }

        @Override
        public void end(Outcome outcome) {
            lease.end(outcome);
        }
    }
}
