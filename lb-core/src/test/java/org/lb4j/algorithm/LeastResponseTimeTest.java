package org.lb4j.algorithm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.lb4j.Selector;
import org.lb4j.ServerPool;
import org.lb4j.algorithm.Traffic.Behaviour;
import org.lb4j.algorithm.Traffic.Reply;
import org.lb4j.testing.ManualTicker;
import org.lb4j.testing.Pools;

/** Two servers, 30 calls always in flight. Nothing is random but ties, and the seed is fixed. */
final class LeastResponseTimeTest {
    private static final int IN_FLIGHT = 30;
    private static final Behaviour EQUAL = Behaviour.latency(server -> Duration.ofMillis(10));
    private static final Behaviour TWICE =
            Behaviour.latency(server -> Duration.ofMillis(server.id().equals("a") ? 20 : 10));

    private final ManualTicker ticker = new ManualTicker();
    private final ServerPool pool = Pools.of(ticker, "a", "b");
    private final Selector selector = pool.selector(Algorithms.leastResponseTime());
    private final Traffic traffic = new Traffic(pool, ticker, TWICE);

    @Test
    void twiceTheLatencyIsHalfInFlightAndAQuarterOfTheCalls() {
        traffic.closed(selector, IN_FLIGHT, 1000);
        double inFlight = 0;
        for (int i = 0; i < 1000; i++) {
            traffic.closed(selector, IN_FLIGHT, 7);
            inFlight += pool.member("a").inFlight() / 1000.0;
        }
        assertThat(inFlight).isEqualTo(10, within(1.0));
        assertThat(traffic.closed(selector, IN_FLIGHT, 20_000).share("a")).isEqualTo(0.2, within(0.01));
    }

    @Test
    void whoFailsFastGetsLessThanTwoOfAHundredCalls() {
        traffic.closed(selector, IN_FLIGHT, 1000);
        traffic.behave(
                (server, now) -> server.id().equals("b") ? Reply.bad(Duration.ofMillis(1)) : TWICE.call(server, now));
        assertThat(traffic.closed(selector, IN_FLIGHT, 50_000).share("b")).isLessThan(0.02);
    }

    @Test
    void whoWasSlowAndRecoversHasItsShareAgainWithinThreeTimeConstants() {
        traffic.closed(selector, IN_FLIGHT, 20_000);
        traffic.behave(EQUAL);
        long recovered = ticker.nanos();
        while (ticker.nanos() - recovered < Duration.ofSeconds(29).toNanos()) traffic.closed(selector, IN_FLIGHT, 100);
        assertThat(traffic.closed(selector, IN_FLIGHT, 3000).share("a")).isEqualTo(0.5, within(0.05));
    }

    @Test
    void whoWasHungForAWhileIsTriedAgain() {
        traffic.closed(selector, IN_FLIGHT, 1000);
        traffic.behave(Behaviour.latency(server -> Duration.ofMillis(server.id().equals("a") ? 2000 : 10)));
        assertThat(traffic.closed(selector, IN_FLIGHT, 50_000).share("a")).isLessThan(0.001);
        traffic.behave(EQUAL);
        long recovered = ticker.nanos();
        while (ticker.nanos() - recovered < Duration.ofSeconds(49).toNanos()) traffic.closed(selector, IN_FLIGHT, 100);
        assertThat(traffic.closed(selector, IN_FLIGHT, 3000).share("a")).isGreaterThan(0.25);
    }
}
