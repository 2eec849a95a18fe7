package org.lb4j;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.lb4j.testing.ManualTicker;
import org.lb4j.testing.PlainDraw;
import org.lb4j.testing.Pools;
import org.lb4j.testing.Rosters;
import org.lb4j.testing.Servers;

/** What a pool says of itself: {@link PoolLoad} and {@link ServerStatus}. */
final class LoadAndStatusTest {
    private final ManualTicker ticker = new ManualTicker();
    private final List<Lease> leases = new ArrayList<>();

    private void acquire(ServerPool pool, String id, int calls) {
        Selector selector = pool.selector(new PlainDraw());
        for (int i = 0; i < calls; i++) leases.add(selector.acquire(SelectionContext.only(id)));
    }

    @Test
    void loadIsThatOfTheServersWithTraffic() {
        ServerPool pool = Pools.of("a*1", "b*3", "c*4", "d*9:drain", "e*0");
        acquire(pool, "a", 2);
        acquire(pool, "b", 4);
        acquire(pool, "d", 50);
        acquire(pool, "e", 50);
        assertThat(pool.load()).isEqualTo(new PoolLoad(2, 4, 6 / 8.0, 2 / (6 / 8.0)));
    }

    @Test
    void evenLoadIsOne() {
        ServerPool pool = Pools.of("a*1", "b*2");
        acquire(pool, "a", 3);
        acquire(pool, "b", 6);
        assertThat(pool.load()).isEqualTo(new PoolLoad(4.5, 6, 3, 1));
    }

    @Test
    void idleIsEven() {
        PoolLoad idle = new PoolLoad(0, 0, 0, 1);
        assertThat(Pools.of("a", "b").load()).isEqualTo(idle);
        assertThat(Pools.of().load()).isEqualTo(idle);
        assertThat(Pools.of("a:admin").load()).isEqualTo(idle);
    }

    @Test
    void statusTellsEverythingOfAServer() {
        ServerPool pool = Pools.of(ticker, "a*3", "b");
        pool.status(); // latencies are measured from here on
        Selector selector = pool.selector(new PlainDraw());
        Lease good = selector.acquire(SelectionContext.only("a"));
        ticker.advance(Duration.ofMillis(7));
        good.success();
        selector.acquire(SelectionContext.only("a")).close();
        acquire(pool, "a", 2);
        pool.scale("a", "agent", 0.5);
        pool.hold("b", Hold.ADMIN);
        ServerStatus a = Seen.status(pool, "a");
        assertThat(a.server()).isEqualTo(Servers.of("a*3"));
        assertThat(a.effectiveWeight()).isEqualTo(1.5);
        assertThat(a.inFlight()).isEqualTo(2);
        assertThat(a.latency()).isEqualTo(Duration.ofMillis(7));
        assertThat(a.holds()).isEmpty();
        assertThat(a.heldSince()).isEmpty();
        assertThat(a.onTrial()).isFalse();
        assertThat(a.leaked()).isZero();
        assertThat(a.unsaid()).isOne();
        assertThat(a.badReports()).isZero();
        ServerStatus b = Seen.status(pool, "b");
        assertThat(b.effectiveWeight()).isZero();
        assertThat(b.latency()).isNull();
    }

    @Test
    void statusHasAnEntryAServerInTheOrderOfTheList() {
        ServerPool pool = Pools.of("c", "a:admin", "b*0");
        assertThat(pool.status()).extracting(each -> each.server().id()).containsExactly("c", "a", "b");
        assertThat(Pools.of().status()).isEmpty();
    }

    @Test
    void inFlightIsTheSumOverAllServers() {
        ServerPool pool = Pools.of("a", "b:admin");
        acquire(pool, "a", 3);
        assertThat(pool.inFlight()).isEqualTo(3);
        leases.forEach(Lease::success);
        assertThat(pool.inFlight()).isZero();
    }

    @Test
    void aLargePoolKeepsATotalThatIsRightFromTheFirstQuestionOn() {
        ServerPool pool = Pools.settings(ticker).servers(Servers.numbered(100)).build();
        acquire(pool, "s3", 5);
        acquire(pool, "s70", 5);
        assertThat(pool.inFlight()).as("calls that began before anybody asked").isEqualTo(10);
        acquire(pool, "s99", 7);
        assertThat(pool.inFlight()).isEqualTo(17);
        for (int i = 0; i < 10; i++) leases.get(i).success();
        assertThat(pool.inFlight()).isEqualTo(7);
        acquire(pool, "s0", 1);
        assertThat(pool.inFlight()).isEqualTo(8);
        leases.forEach(Lease::failure);
        assertThat(pool.inFlight()).isZero();
    }

    @Test
    void aRosterOfALargePoolCountsFromTheFirstQuestionOn() {
        ServerPool pool = Pools.settings(ticker).servers(Servers.numbered(100)).build();
        Roster roster = Rosters.of(pool);
        assertThat(roster.inFlight()).isZero();
        acquire(pool, "s3", 5);
        acquire(pool, "s70", 2);
        assertThat(roster.inFlight()).isEqualTo(7);
        leases.forEach(Lease::success);
        assertThat(roster.inFlight()).isZero();
    }

    @Test
    void aRosterKnowsTheCallsOfTheWholePool() {
        ServerPool pool = Pools.of("a", "b", "c:drain");
        Roster[] compiled = new Roster[1];
        Selector selector = pool.selector((roster, before) -> {
            compiled[0] = roster;
            return new PlainDraw().compile(roster, before);
        });
        leases.add(selector.acquire());
        leases.add(selector.acquire(SelectionContext.only("c")));
        assertThat(compiled[0].size()).isEqualTo(2);
        assertThat(compiled[0].inFlight()).isEqualTo(2);
    }
}
