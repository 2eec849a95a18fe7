package org.lb4j.algorithm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.lb4j.algorithm.Homes.equalServers;
import static org.lb4j.algorithm.Homes.selector;
import static org.lb4j.algorithm.Homes.servers;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.lb4j.SelectionContext;
import org.lb4j.Selector;
import org.lb4j.Server;
import org.lb4j.ServerPool;
import org.lb4j.hash.Mix;
import org.lb4j.hash.Xxh64;

final class RendezvousTest extends AffinityContract {
    RendezvousTest() {
        super(Algorithms.rendezvous(), 0xd2900a68dcfdcdfbL, 0);
    }

    @Test
    void keysOrderServersAsPublished() {
        assertThat(order("cart-7", 1, 1, 1)).isEqualTo("2 3 1");
        assertThat(order("alice", 1, 1, 1)).isEqualTo("1 3 2");
        assertThat(order("bob", 1, 1, 1)).isEqualTo("1 2 3");
        assertThat(order("tenant/42", 1, 1, 1)).isEqualTo("1 3 2");
        assertThat(order("user-1", 1, 1, 1)).isEqualTo("3 2 1");
        assertThat(order("user-2", 1, 1, 1)).isEqualTo("3 1 2");
        assertThat(order("cart-7", 3, 1, 1)).isEqualTo("1 2 3");
        assertThat(order("user-1", 1, 2, 3)).isEqualTo("3 2 1"); // clocks ring at 2.133790, 0.074427, 0.049386
    }

    private static String order(String key, int... weights) {
        return Orders.of(selector(Algorithms.rendezvous(), servers(weights)), key, weights.length);
    }

    @Test
    void sixtyThousandKeysOnWeightsOneTwoThree() {
        List<Server> servers = servers(1, 2, 3);
        Homes homes = Homes.of(selector(algorithm, servers), 60_000);
        assertThat(servers.stream().map(homes::count)).containsExactly(9984L, 20_036L, 29_980L);
    }

    /** Logarithms are taken only of those who can still win; the winner is the one of all logarithms. */
    @Test
    void theShortCutChoosesAsTheFormulaDoes() {
        Random random = new Random(1);
        for (int round = 0; round < 50; round++) {
            int[] weights = random.ints(2 + random.nextInt(30), 1, round % 2 == 0 ? 4 : 1_000_000)
                    .toArray();
            Selector selector = selector(algorithm, servers(weights));
            List<Server> servers = servers(weights);
            for (int i = 0; i < 500; i++) {
                long key = random.nextLong();
                assertThat(selector.next(SelectionContext.key(key))).isEqualTo(byFormula(servers, key));
            }
        }
    }

    private static Server byFormula(List<Server> servers, long key) {
        Server best = servers.get(0);
        for (Server server : servers) if (rings(server, key) < rings(best, key)) best = server;
        return best;
    }

    private static double rings(Server server, long key) {
        long x = Mix.mix(key ^ Xxh64.hash(server.hostPort()));
        return -StrictMath.log(((x >>> 11) + 0.5) * 0x1p-53) / server.weight();
    }

    @Test
    void theFormulaMeetsItsWorkedNumbers() {
        long key = Xxh64.hash("user-1");
        assertThat(servers(1, 2, 3).stream().map(server -> rings(server, key)))
                .usingElementComparator((a, b) -> Math.abs(a - b) < 1e-6 ? 0 : 1)
                .containsExactly(2.133790, 0.074427, 0.049386);
        assertThat(rings(servers(1).get(0), key)).isCloseTo(2.133790, within(1e-6));
    }

    @Test
    void moreWeightTakesKeysAndMovesNoneElsewhere() {
        List<Server> servers = servers(1, 2, 3, 4);
        ServerPool pool = ServerPool.of(servers);
        Selector selector = pool.selector(algorithm);
        Homes before = Homes.of(selector, 20_000);
        Server heavier = servers.get(1).withWeight(7);
        servers.set(1, heavier);
        pool.update(servers);
        Homes after = Homes.of(selector, 20_000);
        assertThat(before.moved(after)).isPositive();
        assertThat(before.moved(after, from -> true, to -> !to.equals(heavier.id())))
                .isZero();
    }

    /** 10,000 keys a server: sd 1 %, and the largest of 100 is 2.6 sd above on average. */
    @Test
    void theLargestShareOfAMillionKeysIsNearlyIdeal() {
        List<Server> servers = equalServers(100);
        Homes homes = Homes.of(selector(algorithm, servers), 1_000_000);
        assertThat(servers.stream().mapToDouble(homes::share).max().orElseThrow() * 100)
                .isLessThan(1.1);
    }

    @Test
    void twoServersAtOneAddressShareItsKeysAndTheLowerIdGetsThem() {
        Server b = Server.builder("10.0.0.1:8080").id("b").build(),
                a = Server.builder("10.0.0.1:8080").id("a").build();
        Selector selector = selector(algorithm, List.of(b, a));
        for (int i = 0; i < 100; i++)
            assertThat(selector.next(Homes.key(i)).id()).isEqualTo("a");
    }
}
