package org.lb4j.algorithm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.lb4j.algorithm.Homes.selector;
import static org.lb4j.algorithm.Homes.server;
import static org.lb4j.algorithm.Homes.servers;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.lb4j.Selector;
import org.lb4j.Server;
import org.lb4j.ServerPool;

final class JumpTest extends AffinityContract {
    private static final int[] SIZES = {1, 2, 3, 10, 50, 1000, 100_000};

    JumpTest() {
        super(Algorithms.jump(), 0xa476914f77ec8cd0L, 0);
    }

    @Test
    void slotsAreAsPublished() {
        assertThat(slots(10)).containsExactly(0, 1, 2, 7, 48, 751, 32_509);
        assertThat(slots(12_345)).containsExactly(0, 1, 1, 1, 29, 938, 10_170);
        assertThat(slots(-1)).containsExactly(0, 1, 2, 9, 10, 313, 18_311);
        assertThat(slots(Long.MAX_VALUE)).containsExactly(0, 0, 2, 8, 24, 972, 8550);
        assertThat(slots(0)).containsOnly(0);
    }

    private static int[] slots(long key) {
        int[] slots = new int[SIZES.length];
        for (int i = 0; i < slots.length; i++) slots[i] = Jump.slot(key, SIZES[i]);
        return slots;
    }

    @Test
    void aSlotMoreKeepsAKeyWhereItIsOrTakesIt() {
        for (long key : new long[] {10, 12_345, -1, Long.MAX_VALUE, Long.MIN_VALUE, 42}) {
            int before = 0;
            for (int n = 1; n <= 100_000; n++) {
                int slot = Jump.slot(key, n);
                assertThat(slot).isIn(before, n - 1);
                before = slot;
            }
        }
    }

    @Test
    void lessWeightThanTheHeaviestGivesAwayItsOwnKeysOnly() {
        List<Server> servers = servers(4, 3, 4, 2);
        ServerPool pool = ServerPool.of(servers);
        Selector selector = pool.selector(algorithm);
        Homes before = Homes.of(selector, 20_000);
        pool.scale(servers.get(1).id(), "test", 0.5);
        Homes after = Homes.of(selector, 20_000);
        assertThat(before.moved(after)).isPositive();
        assertThat(before.moved(after, from -> !from.equals(servers.get(1).id()), to -> true))
                .isZero();
    }

    @Test
    void theHighestSlotThatIsHeldShrinksTheRowOnly() {
        List<Server> servers = servers(1, 1, 1, 1, 1);
        ServerPool pool = ServerPool.of(servers);
        Selector selector = pool.selector(algorithm);
        Homes before = Homes.of(selector, 20_000);
        pool.hold(servers.get(4).id(), org.lb4j.Hold.CHECK);
        Homes after = Homes.of(selector, 20_000);
        assertThat(before.moved(after, from -> !from.equals(servers.get(4).id()), to -> true))
                .isZero();
    }

    /** Two servers in 1,000 slots: 64 draws find one for one key in eight. */
    @Test
    void fewServersInManySlotsShareByWeightAllTheSame() {
        List<Server> servers = List.of(server(3, 1), server(999, 2));
        Homes homes = Homes.of(selector(algorithm, servers), 30_000);
        assertThat(homes.share(servers.get(0)) * 3).isBetween(0.95, 1.05);
    }

    @Test
    void withoutSlotsTheFirstToJoinHasTheLowest() {
        List<Server> servers = new java.util.ArrayList<>();
        for (Server server : servers(1, 1, 1)) servers.add(Server.of(server.hostPort()));
        ServerPool pool = ServerPool.of(servers);
        Selector selector = pool.selector(algorithm);
        Homes before = Homes.of(selector, 1000);
        Collections.reverse(servers);
        pool.update(servers);
        assertThat(Homes.of(selector, 1000)).as("a new list of old members").isEqualTo(before);
    }
}
