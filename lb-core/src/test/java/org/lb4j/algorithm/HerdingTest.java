package org.lb4j.algorithm;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.lb4j.Algorithm;
import org.lb4j.Selector;
import org.lb4j.ServerPool;
import org.lb4j.algorithm.Traffic.Behaviour;
import org.lb4j.testing.ManualTicker;
import org.lb4j.testing.Pools;
import org.lb4j.testing.Servers;

/** Many clients that know the same must not do the same. Each has a pool and a seed of its own: 0, 1 and so on. */
final class HerdingTest {
    private static final int CLIENTS = 2000;
    private static final int SERVERS = 10;

    private record Client(ManualTicker ticker, ServerPool pool, Selector selector) {
        static Client of(Algorithm algorithm, long seed) {
            ManualTicker ticker = new ManualTicker();
            ServerPool pool = Pools.settings(ticker)
                    .seed(seed)
                    .servers(Servers.weighing(1, 1, 1, 1, 1, 1, 1, 1, 1, 1))
                    .build();
            return new Client(ticker, pool, pool.selector(algorithm));
        }
    }

    @ParameterizedTest
    @MethodSource("org.lb4j.algorithm.Every#spreading")
    void theFirstCallsOfManyClientsFallEverywhere(Algorithm algorithm) {
        Picks picks = new Picks(Fleet.equal(SERVERS));
        for (int i = 0; i < CLIENTS; i++)
            picks.count(Client.of(algorithm, i).selector.acquire().server());
        picks.fit(Fleet.ones(SERVERS));
    }

    /** All see the first server busy and the others idle. */
    @ParameterizedTest
    @MethodSource("org.lb4j.algorithm.Every#loadAware")
    void theNextCallsOfManyClientsFallOnAllWhoAreIdle(Algorithm algorithm) {
        if (algorithm.toString().contains("reported")) return; // sees reports alone
        Picks picks = new Picks(Fleet.equal(SERVERS));
        for (int i = 0; i < CLIENTS; i++) {
            Client client = Client.of(algorithm, i);
            Busy.with(client.pool, 3);
            picks.count(client.selector.acquire().server());
        }
        picks.fit(0, 1, 1, 1, 1, 1, 1, 1, 1, 1);
    }

    /** Fifty calls each, one after another, all servers equally fast; then one more from each. */
    @ParameterizedTest
    @MethodSource("org.lb4j.algorithm.Every#loadAware")
    void whatManyClientsHaveLearntOfEqualServersSendsThemEverywhere(Algorithm algorithm) {
        Picks picks = new Picks(Fleet.equal(SERVERS));
        List<Client> clients = new ArrayList<>();
        for (int i = 0; i < CLIENTS / 4; i++) clients.add(Client.of(algorithm, i));
        for (Client client : clients) {
            Behaviour equal = Behaviour.latency(server -> Duration.ofMillis(10));
            new Traffic(client.pool, client.ticker, equal).closed(client.selector, 1, 50);
            picks.count(client.selector.next());
        }
        picks.fit(Fleet.ones(SERVERS));
    }
}
