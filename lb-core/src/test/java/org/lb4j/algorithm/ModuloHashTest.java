package org.lb4j.algorithm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.lb4j.algorithm.Homes.equalServers;
import static org.lb4j.algorithm.Homes.selector;
import static org.lb4j.algorithm.Homes.servers;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.lb4j.SelectionContext;
import org.lb4j.Selector;
import org.lb4j.Server;
import org.lb4j.hash.HashFunction;

final class ModuloHashTest extends AffinityContract {
    /** n of n + 1 keys move, and that is what one gets. */
    ModuloHashTest() {
        super(Algorithms.moduloHash(), 0x873c11249bb0bb19L, 1);
    }

    @Test
    void keysGoWhereTheRemainderSays() {
        assertThat(remainders(HashFunction.MD5, "abc")).isEqualTo("2 2");
        assertThat(remainders(HashFunction.MD5, "user-1")).isEqualTo("0 1");
        assertThat(remainders(HashFunction.MD5, "user-2")).isEqualTo("1 0");
        assertThat(remainders(HashFunction.MD5, "user-3")).isEqualTo("1 1");
        assertThat(remainders(HashFunction.SHA1, "abc")).isEqualTo("0 0");
        assertThat(remainders(HashFunction.SHA1, "user-1")).isEqualTo("2 1");
        assertThat(remainders(HashFunction.SHA1, "user-2")).isEqualTo("2 2");
        assertThat(remainders(HashFunction.SHA1, "user-3")).isEqualTo("2 1");
        assertThat(remainders(HashFunction.XXH64, "abc")).isEqualTo("0 4");
        assertThat(remainders(HashFunction.XXH64, "user-1")).isEqualTo("1 1");
        assertThat(remainders(HashFunction.XXH64, "user-2")).isEqualTo("0 4");
        assertThat(remainders(HashFunction.XXH64, "user-3")).isEqualTo("0 1");
    }

    /** Modulo 3, modulo 5. */
    private static String remainders(HashFunction function, String key) {
        return remainder(function, key, 3) + " " + remainder(function, key, 5);
    }

    private static int remainder(HashFunction function, String key, int n) {
        List<Server> servers = equalServers(n);
        return servers.indexOf(
                selector(Algorithms.moduloHash(function), servers).next(SelectionContext.key(key)));
    }

    @Test
    void wholeWeightsTakeThatManyRemaindersEach() {
        List<Server> servers = servers(1, 2, 3);
        Selector selector = selector(algorithm, servers);
        int[] owners = {0, 1, 1, 2, 2, 2};
        for (int i = 0; i < 60; i++)
            assertThat(selector.next(SelectionContext.key((long) i))).isEqualTo(servers.get(owners[i % 6]));
    }

    @ParameterizedTest
    @EnumSource
    void aNumberIsItsOwnHashByEveryFunctionAndUnsigned(HashFunction function) {
        List<Server> servers = equalServers(5);
        Selector selector = selector(Algorithms.moduloHash(function), servers);
        for (long key : new long[] {0, 1, 7, -1, Long.MIN_VALUE, Long.MAX_VALUE})
            assertThat(servers.indexOf(selector.next(SelectionContext.key(key))))
                    .isEqualTo((int) Long.remainderUnsigned(key, 5));
    }

    @Test
    void aFunctionMustBeGiven() {
        assertThatThrownBy(() -> Algorithms.moduloHash(null))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("hash function must be given, was null");
    }
}
