package org.lb4j;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.lb4j.testing.ManualTicker;
import org.lb4j.testing.PlainDraw;
import org.lb4j.testing.Pools;
import org.lb4j.testing.Servers;
import org.lb4j.testing.Threads;

/** Whoever watches calls: one observer a server, present and future. */
final class ObserverTest {
    private record End(String id, long start, long answered, long now, Outcome outcome) {}

    private final ManualTicker ticker = new ManualTicker();
    private final List<String> observed = new ArrayList<>();
    private final List<End> ends = new ArrayList<>();

    private CallObserver observe(Server server) {
        observed.add(server.id());
        return (start, answered, now, outcome) -> ends.add(new End(server.id(), start, answered, now, outcome));
    }

    private static void call(ServerPool pool, String id) {
        pool.selector(new PlainDraw()).acquire(SelectionContext.only(id)).success();
    }

    @Test
    void anObserverGivenAtTheStartSeesEveryServerOnce() {
        ServerPool pool = Pools.of(Pools.settings(ticker).onCall(this::observe), "a", "b");
        pool.update(Servers.list("b*2", "a", "c"));
        pool.hold("a", Hold.CHECK);
        pool.update(Servers.list("c", "b*2", "a"));
        assertThat(observed).containsExactly("a", "b", "c");
    }

    @Test
    void anObserverThatComesLaterSeesThemToo() {
        ServerPool pool = Pools.of(ticker, "a", "b");
        pool.onCall(this::observe);
        pool.update(Servers.list("a", "b", "c"));
        assertThat(observed).containsExactly("a", "b", "c");
        call(pool, "a");
        call(pool, "c");
        assertThat(ends).extracting(End::id).containsExactly("a", "c");
    }

    @Test
    void aServerThatComesBackOrMovesIsObservedAnew() {
        ServerPool pool = Pools.of(Pools.settings(ticker).onCall(this::observe), "a", "b");
        pool.update(Servers.list("b"));
        pool.update(Servers.list("a", "b"));
        pool.update(List.of(Server.builder("elsewhere:80").id("a").build(), Servers.of("b")));
        assertThat(observed).containsExactly("a", "b", "a", "a");
    }

    @Test
    void aServerThatHasLeftIsObservedToTheEndOfItsCalls() {
        ServerPool pool = Pools.of(Pools.settings(ticker).onCall(this::observe), "a", "b");
        Lease lease = pool.selector(new PlainDraw()).acquire(SelectionContext.only("a"));
        pool.update(Servers.list("b"));
        lease.success();
        assertThat(ends).extracting(End::id).containsExactly("a");
    }

    @Test
    void anEndIsToldWithItsTimes() {
        ServerPool pool = Pools.of(Pools.settings(ticker).onCall(this::observe), "a");
        Selector selector = pool.selector(new PlainDraw());
        long start = ticker.nanos();
        Lease plain = selector.acquire();
        Lease stream = selector.acquire();
        long answered = ticker.advance(Duration.ofMillis(10));
        stream.answered();
        long end = ticker.advance(Duration.ofMillis(10));
        plain.end(Outcome.TIMEOUT);
        stream.success();
        assertThat(ends)
                .containsExactly(
                        new End("a", start, end, end, Outcome.TIMEOUT),
                        new End("a", start, answered, end, Outcome.SUCCESS));
    }

    @Test
    void aClosedObserverIsToldNoMore() {
        ServerPool pool = Pools.of(ticker, "a", "b");
        Handle first = pool.onCall(this::observe);
        List<Outcome> others = new ArrayList<>();
        pool.onCall(server -> (start, answered, now, outcome) -> others.add(outcome));
        Lease running = pool.selector(new PlainDraw()).acquire(SelectionContext.only("a"));
        first.close();
        first.close();
        running.success();
        call(pool, "b");
        pool.update(Servers.list("a", "b", "c"));
        call(pool, "c");
        assertThat(ends).isEmpty();
        assertThat(others).hasSize(3);
        assertThat(observed).containsExactly("a", "b");
    }

    @Test
    void aMemberLetsGoOfClosedObservers() {
        ServerPool pool = Pools.of(ticker, "a");
        Handle handle = pool.onCall(this::observe);
        assertThat(pool.member("a").observed()).isTrue();
        handle.close();
        assertThat(pool.member("a").observed()).isFalse();
    }

    @Test
    void oneFactoryTwiceIsTwoObservers() {
        ServerPool pool = Pools.of(ticker, "a");
        CallObserver.Factory factory = this::observe;
        Handle one = pool.onCall(factory);
        pool.onCall(factory);
        call(pool, "a");
        assertThat(ends).hasSize(2);
        one.close();
        call(pool, "a");
        assertThat(ends).hasSize(3);
    }

    @Test
    void whatAnObserverThrowsStopsNobody() {
        ServerPool pool = Pools.of(
                Pools.settings(ticker)
                        .onCall(server -> (start, answered, now, outcome) -> {
                            throw new IllegalStateException("observer");
                        })
                        .onCall(this::observe),
                "a");
        call(pool, "a");
        assertThat(ends).hasSize(1);
        assertThat(pool.faults()).isOne();
        assertThat(pool.inFlight()).isZero();
    }

    @Test
    void whatAFactoryThrowsStopsNobody() {
        ServerPool pool = Pools.of(
                Pools.settings(ticker)
                        .onCall(server -> {
                            throw new IllegalStateException("factory");
                        })
                        .onCall(this::observe),
                "a");
        call(pool, "a");
        assertThat(ends).hasSize(1);
        assertThat(pool.faults()).isOne();
    }

    @Test
    void registeredWhileServersComeEachIsObservedOnce() throws Exception {
        for (int round = 0; round < 100; round++) {
            ServerPool pool = Pools.of("a");
            ConcurrentLinkedQueue<String> seen = new ConcurrentLinkedQueue<>();
            Threads.run(4, thread -> {
                if (thread == 0)
                    pool.onCall(server -> {
                        seen.add(server.id());
                        return (start, answered, now, outcome) -> {};
                    });
                else if (thread == 1) pool.update(Servers.list("a", "b"));
                else if (thread == 2) pool.hold("a", Hold.CHECK);
                else pool.onCall(this::quiet);
            });
            assertThat(seen).as("round %d", round).containsExactlyInAnyOrder("a", "b");
        }
    }

    private CallObserver quiet(Server server) {
        return (start, answered, now, outcome) -> {};
    }
}
