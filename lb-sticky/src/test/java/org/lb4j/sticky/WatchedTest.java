package org.lb4j.sticky;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.lb4j.Hold;
import org.lb4j.Member;
import org.lb4j.Server;
import org.lb4j.ServerPool;
import org.lb4j.testing.Servers;

final class WatchedTest {
    private final World world = new World("a", "b");
    private final AtomicInteger made = new AtomicInteger();
    private final Watched<List<Member>> members = watched(world.pool);

    private Watched<List<Member>> watched(ServerPool pool) {
        return Watched.of(pool, (all, before) -> {
            made.incrementAndGet();
            return all;
        });
    }

    @Test
    void itIsMadeAnewWhenMembersChangeAndOnceForAnUpdateOfMany() {
        made.set(0);
        world.servers("b", "c", "d", "e*2");
        assertThat(members.now()).isEqualTo(world.pool.members());
        assertThat(made).hasValue(1);
        world.servers("b*7", "c", "d", "e*2");
        assertThat(made).hasValue(2);
    }

    @Test
    void holdsAndFactorsDoNotConcernIt() {
        made.set(0);
        world.pool.hold("a", Hold.CHECK);
        world.pool.scale("b", "test", 0.5);
        world.servers("b", "a");
        assertThat(made).hasValue(0);
    }

    @Test
    void aServerThatLeavesAndComesBackIsANewMember() {
        Member first = world.pool.member("a");
        world.servers("b");
        world.servers("a", "b");
        assertThat(members.now()).doesNotContain(first).contains(world.pool.member("a"));
    }

    @Test
    void aViewIsFollowedLikeAPool() {
        ServerPool view = world.pool.where(server -> server.weight() > 1);
        Watched<List<Member>> heavy = watched(view);
        assertThat(heavy.now()).isEmpty();
        world.pool.update(List.of(Servers.of("a*2"), Servers.of("b")));
        assertThat(heavy.now()).containsExactly(world.pool.member("a"));
    }

    @Test
    void thePoolKeepsNoCookieThatNobodyElseKeeps() {
        List<WeakReference<Object>> dropped = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            dropped.add(new WeakReference<>(world.cookie().build()));
            dropped.add(new WeakReference<>(world.sessions().build()));
        }
        for (int tries = 0; tries < 100 && dropped.stream().anyMatch(each -> each.get() != null); tries++) System.gc();
        assertThat(dropped).allSatisfy(each -> assertThat(each.get()).isNull());
        world.pool.update(List.of(Server.of("10.0.0.9:80"))); // those who followed for them let go
        assertThat(members.now()).hasSize(1);
        assertThat(world.pool.faults()).isZero();
    }
}
