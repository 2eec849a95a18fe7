package org.lb4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.lb4j.testing.ManualTicker;
import org.lb4j.testing.PlainDraw;
import org.lb4j.testing.Pools;
import org.lb4j.testing.Servers;

/** A pool as a whole: made, named, listened to, closed. */
final class PoolTest {
    @Test
    void aPoolIsMadeOfAddressesOrServers() {
        assertThat(ServerPool.of("http://10.0.0.1:8080", "10.0.0.2:8080").members())
                .hasSize(2);
        assertThat(ServerPool.of(Servers.list("a", "b", "c")).members()).hasSize(3);
        assertThat(ServerPool.builder()
                        .servers(Servers.of("a"))
                        .servers(Servers.list("b", "c"))
                        .build()
                        .members())
                .hasSize(3);
    }

    @Test
    void aMemberIsFoundByTheIdOfItsServer() {
        ServerPool pool = Pools.of("a", "b:admin");
        assertThat(pool.member("b").server()).isEqualTo(Servers.of("b"));
        assertThat(pool.member("x")).isNull();
        assertThatThrownBy(() -> pool.members().clear()).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void itHasANameAndAClock() {
        ManualTicker ticker = new ManualTicker();
        ServerPool pool = Pools.of(Pools.settings(ticker).name("users"), "a");
        assertThat(pool.name()).isEqualTo("users");
        assertThat(pool.ticker()).isSameAs(ticker);
        assertThat(pool).hasToString("pool users, 1 servers");
        assertThat(ServerPool.of().name()).isEqualTo("default");
    }

    @Test
    void theDefaultClockIsThatOfTheJvm() {
        long before = System.nanoTime();
        long now = ServerPool.of().ticker().nanos();
        assertThat(now - before).isBetween(0L, System.nanoTime() - before);
    }

    @Test
    void aListenerIsToldUntilItIsClosed() {
        ServerPool pool = Pools.of("a");
        List<PoolEvent> told = new ArrayList<>();
        Handle one = pool.onChange(told::add);
        Handle other = pool.onChange(told::add);
        pool.hold("a", Hold.ADMIN);
        assertThat(told).hasSize(2);
        one.close();
        one.close();
        pool.release("a", Hold.ADMIN);
        assertThat(told).hasSize(3);
        other.close();
    }

    @Test
    void aListenerSeesThePoolAsItIsAfterTheChange() {
        ServerPool pool = Pools.of("a", "b");
        Selector selector = pool.selector(new PlainDraw());
        List<Object> seen = new ArrayList<>();
        pool.onChange(event -> seen.add(Seen.by(selector)));
        pool.hold("a", Hold.ADMIN);
        assertThat(seen).containsExactly(java.util.Set.of("b"));
    }

    @Test
    void aListenerMayChangeThePoolItself() {
        ServerPool pool = Pools.of("a", "b");
        pool.onChange(event -> {
            if (event.kind() == PoolEvent.Kind.HELD) pool.scale("b", "listener", 0.5);
        });
        pool.hold("a", Hold.ADMIN);
        assertThat(Seen.weights(pool)).containsEntry("a", 0.0).containsEntry("b", 0.5);
    }

    @Test
    void onceClosedEverythingIsRefused() {
        ServerPool pool = Pools.of("a", "b");
        Selector selector = pool.selector(new PlainDraw());
        Lease lease = selector.acquire();
        Member a = pool.member("a");
        Member b = pool.member("b");
        pool.close();
        Stream.<ThrowingCallable>of(
                        selector::next,
                        selector::acquire,
                        () -> selector.next(SelectionContext.only("a")),
                        () -> selector.acquire(SelectionContext.none().preferring("a")),
                        () -> pool.selector(new PlainDraw()),
                        () -> pool.where(server -> true),
                        () -> pool.update(List.of()),
                        () -> pool.hold("a", Hold.ADMIN),
                        () -> pool.release("a", Hold.ADMIN),
                        () -> pool.scale("a", "x", 0.5),
                        () -> pool.change(edits -> {}),
                        () -> pool.trial("a", Duration.ofSeconds(1)),
                        () -> pool.onChange(event -> {}),
                        () -> pool.onCall(server -> null),
                        () -> pool.member("a"),
                        pool::members,
                        pool::inFlight,
                        pool::load,
                        pool::status,
                        pool::panic,
                        () -> pool.awaitReady(Duration.ZERO))
                .forEach(use ->
                        assertThatIllegalStateException().isThrownBy(use).withMessage("pool \"default\" is closed"));
        lease.success();
        assertThat(a.inFlight() + b.inFlight()).isZero();
        assertThat(pool.name()).isEqualTo("default");
        assertThat(pool).hasToString("pool default, 2 servers");
    }

    @Test
    void closingTwiceIsHarmless() {
        ServerPool pool = Pools.of("a");
        pool.close();
        pool.close();
    }

    @Test
    void contradictorySettingsAreRefused() {
        ServerPool.Builder settings = ServerPool.builder();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> settings.latencyDecay(Duration.ZERO))
                .withMessage("latencyDecay must be above 0, was PT0S");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> settings.executor(null))
                .withMessage("executor must be given, was null");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> settings.name(null))
                .withMessage("name must be given, was null");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Pools.of("a").selector(null))
                .withMessage("algorithm must be given, was null");
    }

    @Test
    void aBuilderMayBeUsedAgain() {
        ServerPool.Builder settings = Pools.settings(new ManualTicker()).servers(Servers.of("a"));
        ServerPool first = settings.build();
        ServerPool second = settings.servers(Servers.of("b")).build();
        assertThat(first.members()).hasSize(1);
        assertThat(second.members()).hasSize(2);
        assertThat(second.member("a")).isNotSameAs(first.member("a"));
    }
}
