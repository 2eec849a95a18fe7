package org.lb4j.algorithm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.lb4j.algorithm.Homes.selector;
import static org.lb4j.algorithm.Homes.servers;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.lb4j.SelectionContext;
import org.lb4j.Selector;
import org.lb4j.Server;

/** Its points are tested in {@link RingPointsTest}. */
final class RingHashTest extends AffinityContract {
    /** 12 % is the price of a ring that is scaled to its members. */
    RingHashTest() {
        super(Algorithms.ringHash(), 0x55f241eb446d0ee5L, 0.12);
    }

    /** 3 sd of a share by so many points: the ring has about 1,024. */
    @Override
    double spread(int servers) {
        return 3 / Math.sqrt(1024.0 / servers);
    }

    @Test
    void aKeyGoesOnAlongTheRing() {
        Selector selector = selector(Algorithms.ringHash(6, 65_536), servers(1, 1, 1));
        assertThat(Orders.of(selector, "alice", 3)).isEqualTo("2 3 1");
        assertThat(Orders.of(selector, "bob", 3)).isEqualTo("2 3 1");
        assertThat(Orders.of(selector, "cart-7", 3))
                .as("past the last point to the first")
                .isEqualTo("2 1 3");
    }

    /** Its share of a capped ring is less than one point. */
    @Test
    void aServerWithoutAPointIsThereWhenTheOthersAreExcluded() {
        List<Server> servers = servers(1, 1, 1_000_000);
        Selector selector = selector(Algorithms.ringHash(8, 16), servers);
        SelectionContext context = SelectionContext.key("alice");
        for (int i : new int[] {2, 0}) context = context.excluding(servers.get(i));
        assertThat(selector.next(context)).isEqualTo(servers.get(1));
        assertThat(selector.next(context.excluding(servers.get(1)))).isEqualTo(servers.get(2));
    }

    @Test
    void nonsenseIsRefused() {
        assertThatThrownBy(() -> Algorithms.ringHash(4096, 1024))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("minSize must be at most maxSize, was 4096 > 1024");
        assertThatThrownBy(() -> Algorithms.ringHash(0, 1024)).hasMessage("minSize must be at least 1, was 0");
        assertThatThrownBy(() -> Algorithms.ringHash(1, 8_388_609))
                .hasMessage("maxSize must be at most 8388608, was 8388609");
    }
}
