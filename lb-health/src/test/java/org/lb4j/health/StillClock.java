package org.lb4j.health;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.lb4j.Server;
import org.lb4j.ServerPool;
import org.lb4j.health.testing.ManualScheduler;
import org.lb4j.testing.ManualTicker;

/** A checker in virtual time whose probes use real sockets: none runs out of its time because this machine is busy. */
final class StillClock implements AutoCloseable {
    final ManualScheduler scheduler;
    final List<HealthEvent> events = new ArrayList<>();
    final ServerPool pool;
    final HealthChecker checker;
    private final ManualTicker ticker = new ManualTicker();

    StillClock(Probe probe, Consumer<HealthChecker.Builder> settings, Server... servers) {
        scheduler = new ManualScheduler(ticker);
        pool = ServerPool.builder().ticker(ticker).servers(servers).build();
        HealthChecker.Builder builder = HealthChecker.builder(pool, probe)
                .scheduler(scheduler)
                .random(new Random(World.SEED))
                .listener(events::add);
        settings.accept(builder);
        checker = builder.start();
    }

    /** One whose probes are the test's alone, with a timeout of a second. */
    StillClock(Probe probe, Server... servers) {
        this(
                probe,
                settings -> settings.interval(Duration.ofMinutes(10)).transitionalInterval(Duration.ofMinutes(10)),
                servers);
    }

    /** Does what answers bring, and lets no time go by. */
    void until(Callable<Boolean> so) {
        await().pollInSameThread()
                .pollInterval(Duration.ofMillis(2))
                .atMost(Duration.ofSeconds(60))
                .until(() -> {
                    scheduler.runDue();
                    return so.call();
                });
    }

    /** A probe that has begun. */
    CompletableFuture<ProbeResult> begin(Server server) {
        CompletableFuture<ProbeResult> begun = checker.probeNow(server.id());
        scheduler.runDue();
        return begun;
    }

    ProbeResult probe(Server server) {
        CompletableFuture<ProbeResult> begun = begin(server);
        until(begun::isDone);
        return begun.join();
    }

    void millis(long millis) {
        scheduler.advance(Duration.ofMillis(millis));
    }

    long now() {
        return ticker.nanos();
    }

    @Override
    public void close() {
        checker.close();
        pool.close();
    }
}
