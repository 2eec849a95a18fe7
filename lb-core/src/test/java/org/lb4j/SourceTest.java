package org.lb4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.lb4j.testing.ManualTicker;
import org.lb4j.testing.PlainDraw;
import org.lb4j.testing.Pools;
import org.lb4j.testing.Servers;
import org.lb4j.testing.Threads;

/** Lists that a source brings: stale beats empty, the last of two wins, and nothing is thrown back. */
final class SourceTest {
    private final Events events = new Events();
    private final AtomicInteger closed = new AtomicInteger();
    private ServerSource.Listener listener;

    private final ServerPool pool = Pools.settings(new ManualTicker())
            .onChange(events)
            .source(taker -> {
                listener = taker;
                return closed::incrementAndGet;
            })
            .build();

    private List<String> ids() {
        return pool.members().stream().map(each -> each.server().id()).toList();
    }

    @Test
    void whatItBringsIsTheList() {
        listener.servers(Servers.list("a", "b"));
        assertThat(ids()).containsExactly("a", "b");
        Member b = pool.member("b");
        listener.servers(Servers.list("b*2", "c"));
        assertThat(ids()).containsExactly("b", "c");
        assertThat(pool.member("b")).isSameAs(b);
    }

    @Test
    void anEmptyListIsRefused() {
        listener.servers(Servers.list("a"));
        events.taken();
        listener.servers(List.of());
        assertThat(ids()).containsExactly("a");
        assertThat(events.texts())
                .containsExactly("EMPTY_REFUSED: the source brought an empty list: the last good one stays");
    }

    @Test
    void ofTwoWithOneIdTheLastWins() {
        listener.servers(Servers.list("a", "b", "a*7"));
        assertThat(ids()).containsExactly("a", "b");
        assertThat(pool.member("a").server().weight()).isEqualTo(7);
        assertThat(events.taken())
                .extracting(PoolEvent::kind)
                .containsExactly(PoolEvent.Kind.ADDED, PoolEvent.Kind.ADDED, PoolEvent.Kind.DUPLICATE);
    }

    @Test
    void whatComesTwiceIsNamed() {
        listener.servers(Servers.list("a", "a*7"));
        assertThat(events.texts()).contains("DUPLICATE a: the source brought this id twice: the last one counts");
    }

    @Test
    void aFailureIsToldAndTheListStays() {
        listener.servers(Servers.list("a"));
        events.taken();
        listener.failed(new IOException("no route"));
        assertThat(ids()).containsExactly("a");
        assertThat(events.texts()).containsExactly("SOURCE_FAILED: java.io.IOException: no route");
    }

    @Test
    void nothingIsThrownBack() {
        listener.servers(Servers.list("a"));
        events.taken();
        assertThatCode(() -> listener.servers(null)).doesNotThrowAnyException();
        assertThatCode(() -> listener.servers(Arrays.asList(Servers.of("b"), null)))
                .doesNotThrowAnyException();
        assertThatCode(() -> listener.failed(null)).doesNotThrowAnyException();
        assertThat(ids()).containsExactly("a");
        assertThat(events.taken()).hasSize(3).extracting(PoolEvent::kind).containsOnly(PoolEvent.Kind.SOURCE_FAILED);
    }

    @Test
    void aSourceMayDeliverWhileItStarts() {
        ServerPool eager = ServerPool.builder()
                .source(taker -> {
                    taker.servers(Servers.list("a"));
                    return () -> {};
                })
                .build();
        assertThat(eager.awaitReady(Duration.ZERO)).isTrue();
        assertThat(eager.members()).hasSize(1);
    }

    @Test
    void theFirstListReplacesTheServersGivenAtTheStart() {
        ServerPool seeded = ServerPool.builder()
                .servers(Servers.of("seed"))
                .source(taker -> {
                    listener = taker;
                    return () -> {};
                })
                .build();
        assertThat(seeded.selector(new PlainDraw()).next().id()).isEqualTo("seed");
        listener.servers(Servers.list("a"));
        assertThat(seeded.member("seed")).isNull();
    }

    @Test
    void whatASourceThrowsAtItsStartReachesTheUser() {
        IllegalStateException broken = new IllegalStateException("start");
        ServerPool.Builder settings = ServerPool.builder().source(taker -> {
            throw broken;
        });
        assertThatThrownBy(settings::build).isSameAs(broken);
    }

    @Test
    void readyIsTheFirstListThatWasTaken() {
        assertThat(pool.awaitReady(Duration.ZERO)).isFalse();
        listener.servers(List.of());
        listener.failed(new IOException());
        assertThat(pool.awaitReady(Duration.ofMillis(1))).isFalse();
        listener.servers(Servers.list("a"));
        assertThat(pool.awaitReady(Duration.ZERO)).isTrue();
        assertThat(pool.where(server -> true).awaitReady(Duration.ZERO)).isTrue();
    }

    @Test
    void whoeverWaitsIsWokenByTheFirstList() throws Exception {
        CountDownLatch woken = new CountDownLatch(2);
        Threads.run(3, thread -> {
            if (thread == 0) listener.servers(Servers.list("a"));
            else if (pool.awaitReady(Duration.ofMinutes(1))) woken.countDown();
        });
        assertThat(woken.getCount()).isZero();
    }

    @Test
    void whoeverWaitsIsWokenByTheEnd() throws Exception {
        CountDownLatch waiting = new CountDownLatch(1);
        Threads.run(2, thread -> {
            if (thread == 0) {
                waiting.await();
                pool.close();
            } else {
                waiting.countDown();
                assertThat(readyOrClosed()).isFalse();
            }
        });
    }

    /** False also if the end came before the question. */
    private boolean readyOrClosed() {
        try {
            return pool.awaitReady(Duration.ofMinutes(1));
        } catch (IllegalStateException closedBefore) {
            return false;
        }
    }

    @Test
    void aPoolWithoutASourceIsReady() {
        assertThat(Pools.of().awaitReady(Duration.ZERO)).isTrue();
    }

    @Test
    void anInterruptedWaitIsNotReadyAndStaysInterrupted() {
        Thread.currentThread().interrupt();
        assertThat(pool.awaitReady(Duration.ofMinutes(1))).isFalse();
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void closingThePoolClosesItsSourceOnceAndAViewDoesNot() {
        pool.where(server -> true).close();
        assertThat(closed).hasValue(0);
        pool.close();
        pool.close();
        assertThat(closed).hasValue(1);
    }

    @Test
    void whatComesAfterTheEndIsIgnored() {
        listener.servers(Servers.list("a"));
        pool.close();
        events.taken();
        assertThatCode(() -> listener.servers(Servers.list("b"))).doesNotThrowAnyException();
        assertThatCode(() -> listener.failed(new IOException())).doesNotThrowAnyException();
        assertThat(events.taken()).isEmpty();
    }
}
