package org.lb4j.algorithm;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lb4j.Selector;
import org.lb4j.Server;
import org.lb4j.ServerPool;
import org.lb4j.algorithm.Traffic.Behaviour;
import org.lb4j.algorithm.Traffic.Reply;
import org.lb4j.testing.ManualTicker;
import org.lb4j.testing.Servers;

/** How good it is in general is for the simulator to say; here are the cases that it must never get wrong. */
final class AdaptiveTest {
    private final ManualTicker ticker = new ManualTicker();

    /** Of 10 all are compared at each pick, of 100 sixteen. Measured: one call, at 2000 a second three. */
    @ParameterizedTest
    @ValueSource(ints = {10, 100})
    void aServerThatHangsIsKnownByItsCallsThatGrowOld(int servers) {
        int[] weights = new int[servers];
        Arrays.fill(weights, 1);
        ServerPool pool = Fleet.weighing(ticker, weights);
        Behaviour well = Behaviour.latency(server -> Duration.ofMillis(10));
        Traffic traffic = new Traffic(pool, ticker, well);
        Selector selector = pool.selector(Algorithms.adaptive());
        traffic.open(selector, Duration.ofMillis(2), 5000);
        traffic.behave(
                (server, now) -> server.id().equals("s0") ? Reply.bad(Duration.ofMinutes(1)) : well.call(server, now));
        assertThat(traffic.open(selector, Duration.ofMillis(2), 15_000).picks.of("s0"))
                .isBetween(1, 5);
    }

    /** Twenty clients, load 0.7: from half to twice the fair share of 1/11, from the first second on. */
    @Test
    void aNewServerIsNeitherFloodedNorStarved() {
        List<Server> all = Servers.weighing(1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1);
        Clients clients = new Clients(20, Algorithms.adaptive(), all.subList(0, 10), new Queues(server -> 20, 70e6, 3));
        clients.calls(2000, 20_000);
        clients.update(all);
        for (int second = 1; second <= 10; second++)
            assertThat(clients.calls(2000, 2000).share("s10"))
                    .as("second %d", second)
                    .isBetween(0.5 / 11, 2.0 / 11);
    }
}
