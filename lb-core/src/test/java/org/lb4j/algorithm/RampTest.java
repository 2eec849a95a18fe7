package org.lb4j.algorithm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.lb4j.algorithm.Homes.equalServers;
import static org.lb4j.algorithm.Homes.key;
import static org.lb4j.algorithm.Homes.server;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.lb4j.Selector;
import org.lb4j.Server;
import org.lb4j.ServerPool;
import org.lb4j.shape.Shapers;
import org.lb4j.testing.ManualTicker;

/** A table that is dear to make is not made more often than a ramp has steps. */
final class RampTest {
    private final ManualTicker ticker = new ManualTicker();

    @Test
    void aRampCompilesOnceAStepHoweverManyPicksThereAre() {
        Compilations maglev = new Compilations(Algorithms.maglev());
        List<Server> servers = equalServers(5);
        ServerPool pool = ServerPool.builder()
                .servers(servers)
                .ticker(ticker)
                .shaper(Shapers.slowStart(Duration.ofSeconds(30)))
                .build();
        Selector selector = pool.selector(maglev);
        ticker.advance(Duration.ofMinutes(1));
        servers.add(server(5, 1));
        pool.update(servers);
        int before = maglev.pickers().size();
        for (int i = 0; i < 310; i++) {
            ticker.advance(Duration.ofMillis(100));
            for (int call = 0; call < 50; call++) selector.next(key(call));
        }
        assertThat(maglev.pickers().size() - before)
                .as("20 steps and the end, 15,500 picks")
                .isBetween(18, 21);
    }
}
