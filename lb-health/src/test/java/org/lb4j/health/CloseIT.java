package org.lb4j.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lb4j.Server;
import org.lb4j.ServerPool;

/** Closing with real sockets and threads. */
final class CloseIT {
    private static final int MANY = 1000;

    /** So many names for one hanging server. */
    private static ServerPool pool(HostileServer server, int members) {
        List<Server> servers = new ArrayList<>();
        for (int i = 0; i < members; i++)
            servers.add(Server.builder("127.0.0.1:" + server.port()).id("s" + i).build());
        return ServerPool.of(servers);
    }

    @ParameterizedTest
    @ValueSource(strings = {"http", "tcp"})
    void h19ClosingWithAThousandHangingProbesIsQuickAndComplete(String kind) {
        try (HostileServer server = HostileServer.that(talk -> talk.hang())) {
            List<HealthEvent> events = java.util.Collections.synchronizedList(new ArrayList<>());
            Probe probe = kind.equals("http")
                    ? HttpProbe.get("/health")
                    : TcpProbe.connect()
                            .send("GET /\r\n\r\n".getBytes(java.nio.charset.StandardCharsets.UTF_8))
                            .expect(new byte[] {1});
            HealthChecker checker = HealthChecker.builder(pool(server, MANY), probe)
                    .interval(Duration.ofMinutes(1))
                    .timeout(Duration.ofMinutes(1))
                    .maxInFlight(MANY)
                    .listener(events::add)
                    .start();
            await().atMost(Duration.ofSeconds(20)).until(() -> server.open() >= MANY);
            assertThat(checker.stats().inFlight()).isEqualTo(MANY);
            assertThat(ProbeThreadsOf.alive())
                    .hasSizeLessThanOrEqualTo(6); // timers, callbacks and sockets: for all of them
            long start = System.nanoTime();
            checker.close();
            assertThat(Duration.ofNanos(System.nanoTime() - start))
                    .isLessThan(Duration.ofMillis(1500)); // 1 s, and a busy machine
            int told = events.size();
            checker.close();
            await().atMost(Duration.ofSeconds(5)).until(() -> server.open() == 0);
            await().atMost(Duration.ofSeconds(5))
                    .until(() -> ProbeThreadsOf.alive().isEmpty());
            assertThat(events).hasSize(told);
        }
    }

    @Test
    void noTimerIsLeft() {
        ScheduledThreadPoolExecutor scheduler = new ScheduledThreadPoolExecutor(1);
        scheduler.setRemoveOnCancelPolicy(true);
        try (HostileServer server = HostileServer.that(talk ->
                talk.say("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n").hang())) {
            HealthChecker checker = HealthChecker.builder(pool(server, 50), HttpProbe.get("/"))
                    .interval(Duration.ofMinutes(1))
                    .scheduler(scheduler)
                    .start();
            for (int i = 0; i < 50; i++)
                checker.probeNow("s" + i).join(); // passed; what follows is read away for 100 ms
            checker.close();
            assertThat(scheduler.getQueue()).isEmpty();
        } finally {
            scheduler.shutdownNow();
        }
    }

    @Test
    void aListenerThatClosesIsNotInterrupted() throws Exception {
        CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
        CompletableFuture<HealthChecker> checker = new CompletableFuture<>();
        checker.complete(HealthChecker.builder(
                        ServerPool.of("a:80"),
                        (server, timeout) -> CompletableFuture.completedFuture(ProbeResult.pass()))
                .listener(event -> {
                    checker.join().close();
                    interrupted.complete(Thread.interrupted());
                })
                .start());
        assertThat(interrupted.get(10, TimeUnit.SECONDS)).isFalse();
        await().atMost(Duration.ofSeconds(5)).until(() -> ProbeThreadsOf.alive().isEmpty());
    }

    @Test
    void aTcpProbeWithoutACheckerLeavesNoThread() {
        try (HostileServer server = HostileServer.that(talk -> {})) {
            for (int i = 0; i < 5; i++)
                assertThat(TcpProbe.connect()
                                .check(server.server(), Duration.ofSeconds(1))
                                .join()
                                .verdict())
                        .isEqualTo(Verdict.PASS);
        }
        await().atMost(Duration.ofSeconds(5)).until(() -> ProbeThreadsOf.alive().isEmpty());
    }

    @Test
    void aListenerThatBlocksDoesNotKeepCloseFromReturning() throws Exception {
        CountDownLatch blocking = new CountDownLatch(1);
        CountDownLatch entered = new CountDownLatch(1);
        HealthChecker checker = HealthChecker.builder(
                        ServerPool.of("a:80"),
                        (server, timeout) -> CompletableFuture.completedFuture(ProbeResult.pass()))
                .listener(event -> {
                    entered.countDown();
                    try {
                        blocking.await();
                    } catch (InterruptedException interrupted) {
                        Thread.currentThread().interrupt();
                    }
                })
                .start();
        assertThat(entered.await(10, TimeUnit.SECONDS)).isTrue();
        long start = System.nanoTime();
        checker.close();
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofMillis(1500));
        blocking.countDown();
        await().atMost(Duration.ofSeconds(5)).until(() -> ProbeThreadsOf.alive().isEmpty());
    }

    @Test
    void aDetectorLeavesNoThread() {
        ServerPool pool = ServerPool.of("a:80", "b:80");
        OutlierDetector detector = OutlierDetector.start(pool);
        await().atMost(Duration.ofSeconds(5))
                .until(() -> !ProbeThreadsOf.alive().isEmpty());
        detector.close();
        await().atMost(Duration.ofSeconds(5)).until(() -> ProbeThreadsOf.alive().isEmpty());
    }

    @Test
    void aBlockingProbeIsInterruptedAtItsTimeoutAndOneThatNeverBeganIsOurFault() {
        ExecutorService one = Executors.newSingleThreadExecutor();
        AtomicInteger interrupted = new AtomicInteger();
        Probe probe = Probe.blocking(one, server -> {
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException stopped) {
                interrupted.incrementAndGet();
            }
            return ProbeResult.pass();
        });
        CountDownLatch occupied = new CountDownLatch(1);
        try (HealthChecker checker = HealthChecker.builder(ServerPool.of("a:80"), probe)
                .timeout(Duration.ofMillis(300))
                .start()) {
            assertThat(checker.probeNow("a:80").join().reason()).isEqualTo(Reason.TIMEOUT);
            await().atMost(Duration.ofSeconds(5)).until(() -> interrupted.get() > 0);
            var unused = one.submit(() -> occupied.await(1, TimeUnit.MINUTES));
            assertThat(checker.probeNow("a:80").join().reason()).isEqualTo(Reason.SATURATED);
            occupied.countDown();
        } finally {
            one.shutdownNow();
        }
    }
}
