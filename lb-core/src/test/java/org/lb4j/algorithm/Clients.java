package org.lb4j.algorithm;

import java.util.ArrayList;
import java.util.List;
import org.lb4j.Algorithm;
import org.lb4j.Selector;
import org.lb4j.Server;
import org.lb4j.ServerPool;
import org.lb4j.testing.ManualTicker;
import org.lb4j.testing.Pools;

/** Many clients in one virtual time, each with a pool and a seed of its own, that call the same queues. */
final class Clients {
    private final List<ServerPool> pools = new ArrayList<>();
    private final List<Selector> selectors = new ArrayList<>();
    private final Queues queues;
    private final Traffic traffic;

    Clients(int clients, Algorithm algorithm, List<Server> servers, Queues queues) {
        ManualTicker ticker = new ManualTicker();
        for (int seed = 0; seed < clients; seed++) {
            ServerPool pool = Pools.settings(ticker).seed(seed).servers(servers).build();
            pools.add(pool);
            selectors.add(pool.selector(algorithm));
        }
        this.queues = queues;
        this.traffic = new Traffic(pools.get(0), ticker, queues);
    }

    void update(List<Server> servers) {
        for (ServerPool pool : pools) pool.update(servers);
    }

    /** Poisson arrivals, each at any client. */
    Traffic.Phase calls(double aSecond, int calls) {
        return traffic.open(
                () -> selectors.get(queues.below(selectors.size())), () -> queues.exponential(1e9 / aSecond), calls);
    }
}
