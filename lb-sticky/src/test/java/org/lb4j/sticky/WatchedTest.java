package org.lb4j.sticky;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
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
            return all.stream().map(Listed::member).toList();
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
    void whatHappensOutsideAViewIsNoNews() {
        AtomicInteger asked = new AtomicInteger();
        Watched<List<Member>> heavy = watched(world.pool.where(server -> {
            asked.incrementAndGet();
            return server.weight() > 1;
        }));
        made.set(0);
        asked.set(0);
        List<Server> servers = new ArrayList<>(Servers.list("a", "b"));
        for (int i = 0; i < 1000; i++) servers.add(Servers.of("s" + i));
        world.pool.update(servers);
        assertThat(heavy.now()).isEmpty();
        assertThat(made).as("by the pool's own").hasValue(1);
        assertThat(asked).as("for the roster, and for each that is told").hasValueLessThan(4000);
    }

    @Test
    void aViewThatWasClosedIsFollowedNoLonger() {
        ServerPool view = world.pool.where(server -> true);
        Watched<List<Member>> watched = watched(view);
        view.close();
        world.servers("a", "b", "c");
        world.pool.hold("a", Hold.CHECK);
        assertThat(watched.now()).hasSize(2);
        assertThat(world.pool.faults()).isZero();
    }

    @Test
    void aChangeThatComesWhileItIsMadeIsNotLost() {
        AtomicReference<Thread> opposite = new AtomicReference<>();
        Watched<List<String>> ids = Watched.of(world.pool, (all, before) -> {
            Thread other = opposite.getAndSet(null);
            if (other != null) finish(other);
            return all.stream().map(Listed::id).toList();
        });
        for (String[] change : new String[][] {{"a", "b", "c"}, {"a"}, {"a", "b*2"}, {"a", "b@zone"}}) {
            opposite.set(new Thread(() -> world.servers("a", "b")));
            world.servers(change);
            assertThat(ids.now()).isEqualTo(List.of("a", "b"));
        }
    }

    private static void finish(Thread thread) {
        thread.start();
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
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
