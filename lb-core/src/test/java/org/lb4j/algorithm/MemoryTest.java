package org.lb4j.algorithm;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.ref.WeakReference;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.lb4j.Algorithm;
import org.lb4j.Member;
import org.lb4j.Selector;
import org.lb4j.ServerPool;
import org.lb4j.testing.Pools;
import org.lb4j.testing.Servers;

final class MemoryTest {
    @ParameterizedTest
    @MethodSource("org.lb4j.algorithm.Every#algorithm")
    void aServerThatLeftIsForgotten(Algorithm algorithm) {
        ServerPool pool = Pools.of("a*2", "b", "c");
        Selector selector = pool.selector(algorithm);
        WeakReference<Member> gone = new WeakReference<>(pool.member("c"));
        pool.update(Servers.list("a*2", "b", "d"));
        for (int i = 0; i < 50 && gone.get() != null; i++) System.gc();
        assertThat(gone.get()).isNull();
        assertThat(selector.next()).isIn(Servers.list("a*2", "b", "d"));
    }
}
