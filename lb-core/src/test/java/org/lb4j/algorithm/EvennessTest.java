package org.lb4j.algorithm;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.lb4j.Algorithm;
import org.lb4j.Lease;
import org.lb4j.Selector;
import org.lb4j.Server;
import org.lb4j.ServerPool;
import org.lb4j.load.Loads;
import org.lb4j.testing.ManualTicker;
import org.lb4j.testing.Pools;
import org.lb4j.testing.Servers;

/** Finagle's: five clients with 150 calls each in flight never give a server more than twice the optimum. */
final class EvennessTest {
    private static final int CLIENTS = 5;
    private static final int CALLS = 150;

    private final ManualTicker ticker = new ManualTicker();
    private final Random random = new Random(Pools.SEED);
    private final List<ServerPool> pools = new ArrayList<>();
    private final List<Selector> selectors = new ArrayList<>();
    private final List<List<Lease>> running = new ArrayList<>();

    /** Those over latencies alone are not among them: a new server has answered short calls only, and looks faster. */
    static Stream<Algorithm> algorithms() {
        return Stream.of(
                Algorithms.roundRobin(),
                Algorithms.leastConnections(),
                Algorithms.powerOfTwo(),
                Algorithms.powerOf(3, Loads.inFlight()),
                Algorithms.adaptive());
    }

    @ParameterizedTest
    @MethodSource("algorithms")
    void noServerIsAboveTwiceTheOptimumWhileTheListShrinksGrowsAndRolls(Algorithm algorithm) {
        List<Server> twenty = Servers.weighing(1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1);
        begin(algorithm, twenty.subList(0, 10));
        for (int size = 9; size >= 5; size--) goOn(twenty.subList(0, size));
        for (int size = 6; size <= 10; size++) goOn(twenty.subList(0, size));
        for (int first = 1; first <= 10; first++) goOn(twenty.subList(first, first + 10));
    }

    private void begin(Algorithm algorithm, List<Server> servers) {
        for (int i = 0; i < CLIENTS; i++) {
            pools.add(Pools.settings(ticker).seed(i).servers(servers).build());
            selectors.add(pools.get(i).selector(algorithm));
            running.add(new ArrayList<>());
            for (int call = 0; call < CALLS; call++)
                running.get(i).add(selectors.get(i).acquire());
        }
        assertEven(servers);
    }

    /** A new list; then all calls on servers that left and half of the others end, and as many begin. */
    private void goOn(List<Server> servers) {
        for (ServerPool pool : pools) pool.update(servers);
        ticker.advance(Duration.ofMillis(10));
        for (int i = 0; i < CLIENTS; i++) {
            List<Lease> calls = running.get(i);
            List<Lease> ending = calls.stream()
                    .filter(each -> !servers.contains(each.server()) || random.nextBoolean())
                    .toList();
            calls.removeAll(ending);
            ending.forEach(Lease::success);
            while (calls.size() < CALLS) calls.add(selectors.get(i).acquire());
        }
        assertEven(servers);
    }

    private void assertEven(List<Server> servers) {
        for (Server server : servers) {
            int calls = 0;
            for (ServerPool pool : pools) calls += pool.member(server.id()).inFlight();
            assertThat(calls)
                    .as("calls on %s of %d servers", server, servers.size())
                    .isLessThanOrEqualTo(2 * CLIENTS * CALLS / servers.size());
        }
    }
}
