package org.lb4j.algorithm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.lb4j.algorithm.Homes.equalServers;
import static org.lb4j.algorithm.Homes.selector;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.lb4j.SelectionContext;
import org.lb4j.Selector;
import org.lb4j.Server;
import org.lb4j.ServerPool;

/** Its points are tested in {@link KetamaPointsTest}. */
final class KetamaTest extends AffinityContract {
    /** At 9, 10, 11, 99, 100 and 101 servers all have 40 digests, so no other key moves. */
    KetamaTest() {
        super(Algorithms.ketama(), 0xdf580787ca6b6e31L, 0);
    }

    /** 3 sd of a share by 160 points. */
    @Override
    double spread(int servers) {
        return 3 / Math.sqrt(160);
    }

    @Test
    void textIsHashedAsMemcachedClientsDo() {
        assertThat(Ketama.place(SelectionContext.key("test")) & 0xFFFFFFFFL).isEqualTo(3446378249L);
        assertThat(Ketama.place(SelectionContext.key("alice")) & 0xFFFFFFFFL).isEqualTo(3001189475L);
        assertThat(Ketama.place(SelectionContext.key("bob")) & 0xFFFFFFFFL).isEqualTo(3159465375L);
        assertThat(Ketama.place(SelectionContext.key("cart-7")) & 0xFFFFFFFFL).isEqualTo(1143844861L);
    }

    @Test
    void keysAreFoundWhereMemcachedClientsPutThem() {
        List<Server> two = List.of(
                Server.builder("127.0.0.1:11211").weight(600).build(),
                Server.builder("127.0.0.1:11212").weight(400).build());
        assertThat(selector(algorithm, two).next(SelectionContext.key("test")).port())
                .isEqualTo(11_211);

        List<Server> three =
                List.of(Server.of("10.0.0.1:11211"), Server.of("10.0.0.2:11211"), Server.of("10.0.0.3:11211"));
        Selector selector = selector(algorithm, three);
        assertThat(Orders.of(selector, "test", 1)).isEqualTo("3");
        assertThat(Orders.of(selector, "alice", 1)).isEqualTo("3");
        assertThat(Orders.of(selector, "bob", 1)).isEqualTo("2");
        assertThat(Orders.of(selector, "cart-7", 1)).isEqualTo("1");
    }

    @Test
    void ofANumberTheLowHalfIsThePlace() {
        Selector selector = selector(algorithm, equalServers(10));
        for (long half : new long[] {0, 1, 3446378249L, 0xFFFFFFFFL}) {
            Server home = selector.next(SelectionContext.key(half));
            assertThat(selector.next(SelectionContext.key(0xABCDL << 32 | half)))
                    .isEqualTo(home);
        }
        assertThat(selector.next(SelectionContext.key(3446378249L)))
                .isEqualTo(selector.next(SelectionContext.key("test")));
    }

    /** libketama rounds 61 equal shares down to 39 digests; then all lose points, and some keys of servers that stayed move. */
    @Test
    void whereRoundingTakesADigestFromAllSomeOfTheirKeysMove() {
        List<Server> servers = equalServers(62);
        ServerPool pool = ServerPool.of(servers);
        Selector selector = pool.selector(algorithm);
        Homes before = Homes.of(selector, 20_000);
        Server gone = servers.remove(30);
        pool.update(servers);
        long moved = before.moved(Homes.of(selector, 20_000), from -> !from.equals(gone.id()), to -> true);
        assertThat(moved / 20_000.0).isBetween(0.01, 0.04); // each lost one digest of 40
    }

    @Test
    void aServerTooLightForAPointIsThereWhenTheOthersAreExcluded() {
        List<Server> servers = List.of(
                Server.builder("10.0.0.1:11211").weight(1).build(),
                Server.builder("10.0.0.2:11211").weight(1000).build());
        Selector selector = selector(algorithm, servers);
        for (int i = 0; i < 100; i++) {
            assertThat(selector.next(Homes.key(i))).isEqualTo(servers.get(1));
            assertThat(selector.next(Homes.key(i).excluding(servers.get(1)))).isEqualTo(servers.get(0));
        }
    }
}
