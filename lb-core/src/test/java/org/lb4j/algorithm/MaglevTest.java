package org.lb4j.algorithm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.lb4j.algorithm.Homes.equalServers;
import static org.lb4j.algorithm.Homes.selector;
import static org.lb4j.algorithm.Homes.servers;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.lb4j.SelectionContext;
import org.lb4j.Selector;
import org.lb4j.Server;
import org.lb4j.ServerPool;

/** How the table is filled is tested in {@link MaglevFillTest}. */
final class MaglevTest extends AffinityContract {
    static final long CHECKSUM = 0x518242c63655eed2L;

    MaglevTest() {
        super(Algorithms.maglev(), CHECKSUM, 0.01);
    }

    @Test
    void theWholeTableIsEnvoys() {
        assertThat(table(13, 1, 1, 1)).containsExactly(0, 2, 1, 2, 0, 1, 1, 0, 0, 0, 2, 2, 1);
        assertThat(table(13, 1, 2, 3)).containsExactly(2, 2, 1, 2, 0, 1, 0, 1, 0, 1, 2, 2, 1);
    }

    @Test
    void entriesAreSharedAlmostExactly() {
        assertThat(entries(65_537, 1, 1, 1)).containsExactly(21_846, 21_846, 21_845);
        assertThat(entries(65_537, 1, 2, 3)).containsExactly(10_923, 21_846, 32_768);
    }

    private static int[] table(int size, int... weights) {
        List<Server> servers = servers(weights);
        Selector selector = selector(Algorithms.maglev(size), servers);
        int[] table = new int[size];
        for (int entry = 0; entry < size; entry++)
            table[entry] = servers.indexOf(selector.next(SelectionContext.key((long) entry)));
        return table;
    }

    private static int[] entries(int size, int... weights) {
        int[] entries = new int[weights.length];
        for (int owner : table(size, weights)) entries[owner]++;
        return entries;
    }

    @Test
    void theTableGrowsWithTheServers() {
        Maglev maglev = new Maglev();
        assertThat(maglev.sizeFor(2)).isEqualTo(65_537);
        assertThat(maglev.sizeFor(655)).isEqualTo(65_537);
        assertThat(maglev.sizeFor(656)).isEqualTo(131_071);
        assertThat(maglev.sizeFor(1310)).isEqualTo(131_071);
        assertThat(maglev.sizeFor(1311)).isEqualTo(655_373);
        assertThat(maglev.sizeFor(100_000)).isEqualTo(655_373);
        assertThat(new Maglev(251).sizeFor(100_000)).isEqualTo(251);
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
    void thoseOfAnExcludedServerGoToAllOthersByWeight() {
        List<Server> servers = servers(1, 2, 3, 4);
        Selector selector = selector(algorithm, servers);
        int[] next = new int[4];
        int keys = 0;
        for (int i = 0; i < 40_000; i++) {
            if (!selector.next(Homes.key(i)).equals(servers.get(3))) continue;
            next[servers.indexOf(selector.next(Homes.key(i).excluding(servers.get(3))))]++;
            keys++;
        }
        for (int i = 0; i < 3; i++) assertThat(next[i] * 6.0 / keys / (i + 1)).isBetween(0.95, 1.05);
    }

    @Test
    void moreServersThanTwoBytesCanCountAreServedToo() {
        List<Server> servers = equalServers(65_600);
        Selector selector = selector(Algorithms.maglev(131_071), servers);
        assertThat(selector.next(SelectionContext.key("alice")))
                .isEqualTo(selector.next(SelectionContext.key("alice")));
        long served = java.util.stream.LongStream.range(0, 131_071)
                .mapToObj(entry -> selector.next(SelectionContext.key(entry)))
                .distinct()
                .count();
        assertThat(served).isEqualTo(65_600);
    }

    @Test
    void anUnchangedRosterKeepsItsTable() {
        ServerPool pool = ServerPool.of(equalServers(5));
        Compilations maglev = new Compilations(new Maglev(65_537));
        pool.selector(maglev);
        List<Server> shuffled = equalServers(5);
        java.util.Collections.reverse(shuffled);
        pool.update(shuffled);
        pool.scale("10.0.0.1:8080", "test", 0.5);
        pool.scale("10.0.0.1:8080", "test", 1);
        assertThat(maglev.pickers()).hasSizeGreaterThan(2);
        assertThat(maglev.pickers().get(0))
                .as("another order")
                .isSameAs(maglev.pickers().get(1));
        assertThat(maglev.pickers().get(1))
                .as("another weight")
                .isNotSameAs(maglev.pickers().get(2));
    }

    @Test
    void nonsenseIsRefused() {
        assertThatThrownBy(() -> Algorithms.maglev(65_536))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("table size must be prime, was 65536");
        for (int size : new int[] {Integer.MIN_VALUE, -7, 0, 1, 4, 9, 65_535, 65_537 * 3})
            assertThatThrownBy(() -> Algorithms.maglev(size)).hasMessage("table size must be prime, was " + size);
        assertThatThrownBy(() -> Algorithms.maglev(Integer.MAX_VALUE))
                .hasMessage("table size must be at most 5000011, was 2147483647");
        for (int size : new int[] {2, 3, 5, 7, 5_000_011}) Algorithms.maglev(size);
    }
}
