package org.lb4j.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Delayed;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lb4j.Server;
import org.lb4j.ServerPool;

/** Closing with real sockets and threads. */
@Timeout(120)
final class CloseIT {
    private static final int MANY = 1000;
    private static final Duration WHILE = Duration.ofSeconds(60);

    private final NewThreads threads = new NewThreads();

    /** So many names for one hanging server. */
    private static ServerPool pool(HostileServer server, int members) {
        List<Server> servers = new ArrayList<>();
        for (int i = 0; i < members; i++)
            servers.add(Server.builder("127.0.0.1:" + server.port()).id("s" + i).build());
        return ServerPool.of(servers);
    }

    @ParameterizedTest
    @ValueSource(strings = {"http", "tcp"})
    void h19ClosingWithAThousandHangingProbesIsQuickAndComplete(String kind) throws IOException {
        try (HostileServer server = HostileServer.that(talk -> talk.hang())) {
            List<HealthEvent> events = java.util.Collections.synchronizedList(new ArrayList<>());
            Probe probe = kind.equals("http")
                    ? HttpProbe.get("/health")
                    : TcpProbe.connect()
                            .send("GET /\r\n\r\n".getBytes(java.nio.charset.StandardCharsets.UTF_8))
                            .expect(new byte[] {1});
            HealthChecker checker = HealthChecker.builder(pool(server, MANY), probe)
                    .interval(Duration.ofMinutes(10))
                    .timeout(Duration.ofMinutes(10))
                    .maxInFlight(MANY)
                    .listener(events::add)
                    .start();
            for (int i = 0; i < MANY; i++) {
                var unused = checker.probeNow("s" + i);
            }
            await().atMost(WHILE)
                    .until(() ->
                            server.requests.get() == MANY && checker.stats().inFlight() == MANY);
            assertThat(threads.alive()).hasSizeLessThanOrEqualTo(6); // timers, callbacks and sockets: for all of them
            assertThat(connectionsTo(server.port()))
                    .matches(count -> count == 0 || count > MANY / 2); // it is no snapshot
            long start = System.nanoTime();
            checker.close();
            assertThat(Duration.ofNanos(System.nanoTime() - start))
                    .isLessThan(WHILE); // of the ten minutes that each probe may take
            assertThat(threads.alive()).isEmpty();
            assertThat(connectionsTo(server.port())).isZero();
            int told = events.size();
            checker.close();
            await().atMost(WHILE).until(() -> server.open() == 0);
            assertThat(events).hasSize(told);
        }
    }

    /** As Linux tells; elsewhere none is seen. */
    private static long connectionsTo(int port) throws IOException {
        String established = String.format(Locale.ROOT, "0100007F:%04X 01", port);
        long count = 0;
        for (String table : new String[] {"tcp", "tcp6"}) {
            Path file = Path.of("/proc/net", table);
            if (!Files.isReadable(file)) continue;
            count += Files.readAllLines(file).stream()
                    .filter(line -> line.contains(established)) // the end of the remote address, and the state
                    .count();
        }
        return count;
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
            assertThat(scheduler.getQueue())
                    .noneMatch(task -> ((Delayed) task).getDelay(TimeUnit.NANOSECONDS) > 0); // others are about to run
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
        assertThat(interrupted.get(60, TimeUnit.SECONDS)).isFalse();
        await().atMost(WHILE).until(() -> threads.alive().isEmpty());
    }

    @Test
    void aTcpProbeWithoutACheckerLeavesNoThread() {
        try (HostileServer server = HostileServer.that(talk -> {})) {
            for (int i = 0; i < 5; i++)
                assertThat(TcpProbe.connect()
                                .check(server.server(), WHILE)
                                .join()
                                .verdict())
                        .isEqualTo(Verdict.PASS);
        }
        await().atMost(WHILE).until(() -> threads.alive().isEmpty());
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
        assertThat(entered.await(60, TimeUnit.SECONDS)).isTrue();
        long start = System.nanoTime();
        checker.close();
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(WHILE);
        blocking.countDown();
        await().atMost(WHILE).until(() -> threads.alive().isEmpty());
    }

    @Test
    void aDetectorLeavesNoThread() {
        ServerPool pool = ServerPool.of("a:80", "b:80");
        OutlierDetector detector = OutlierDetector.start(pool);
        await().atMost(WHILE).until(() -> !threads.alive().isEmpty());
        detector.close();
        await().atMost(WHILE).until(() -> threads.alive().isEmpty());
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
                .interval(Duration.ofMinutes(10))
                .transitionalInterval(Duration.ofMinutes(10))
                .timeout(Duration.ofMillis(500))
                .start()) {
            awaitReason(checker, Reason.TIMEOUT);
            await().atMost(WHILE).until(() -> interrupted.get() > 0);
            var unused = one.submit(() -> occupied.await(10, TimeUnit.MINUTES));
            awaitReason(checker, Reason.SATURATED);
            occupied.countDown();
        } finally {
            one.shutdownNow();
        }
    }

    /** Now or, on a machine that had no time for the probe, once more. */
    private static void awaitReason(HealthChecker checker, Reason reason) {
        await().atMost(WHILE).until(() -> checker.probeNow("a:80").join().reason() == reason);
    }
}
