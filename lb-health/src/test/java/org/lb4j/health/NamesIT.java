package org.lb4j.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.lb4j.Server;
import org.lb4j.ServerPool;

/** Names that can not be looked up, that hang, that move. */
final class NamesIT {
    private static HealthChecker checker(Probe probe, Server... servers) {
        return HealthChecker.builder(ServerPool.builder().servers(servers).build(), probe)
                .interval(Duration.ofMillis(600))
                .timeout(Duration.ofMillis(400))
                .transitionalInterval(Duration.ofMillis(200))
                .maxInterval(Duration.ofMillis(600))
                .start();
    }

    private static CheckStatus status(HealthChecker checker, int server) {
        return checker.status().get(server);
    }

    @Test
    void h14ALookupThatFailsOrHangsIsTheFaultOfDnsAndOfNobodyElse() {
        AtomicReference<Lookup> lookup = new AtomicReference<>(Lookup.SYSTEM);
        CountDownLatch hanging = new CountDownLatch(1);
        Lookup fails = host -> {
            throw new UnknownHostException(host);
        };
        Lookup hangs = host -> {
            try {
                hanging.await();
            } catch (InterruptedException closing) {
                Thread.currentThread().interrupt();
            }
            throw new UnknownHostException(host);
        };
        HttpProbe probe = HttpProbe.get("/").lookup(host -> lookup.get().of(host));
        try (HostileServer good = HostileServer.saying(HostileServer.ok("fine"));
                HealthChecker checker = checker(probe, Server.of("localhost", good.port()), good.server())) {
            await().until(() -> status(checker, 0).state() == CheckState.UP);
            lookup.set(fails);
            await().until(() -> status(checker, 0).state() == CheckState.DOWN);
            assertThat(status(checker, 0).last().reason()).isEqualTo(Reason.DNS);
            lookup.set(hangs);
            await().until(() -> status(checker, 0).last().detail().startsWith("no answer to the name lookup"));
            assertThat(status(checker, 0).last().reason()).isEqualTo(Reason.DNS);
            assertThat(status(checker, 1).state()).isEqualTo(CheckState.UP);
            assertThat(checker.status()).hasSize(2); // it stays a member
            lookup.set(Lookup.SYSTEM);
            hanging.countDown(); // the one that hung ends, as those of the system do after a while
            await().atMost(Duration.ofSeconds(10))
                    .until(() -> status(checker, 0).state() == CheckState.UP);
        } finally {
            hanging.countDown();
        }
    }

    @Test
    void h14ManyNamesThatHangHoldUpAThreadEachAndNobodyElse() {
        int threads = 8;
        Map<String, AtomicInteger> running = new ConcurrentHashMap<>();
        CountDownLatch hanging = new CountDownLatch(1);
        Lookup lookup = host -> {
            if (host.equals("localhost")) return Lookup.SYSTEM.of(host);
            running.computeIfAbsent(host, name -> new AtomicInteger()).incrementAndGet();
            try {
                hanging.await();
            } catch (InterruptedException closing) {
                Thread.currentThread().interrupt();
            }
            throw new UnknownHostException(host);
        };
        try (HostileServer good = HostileServer.saying(HostileServer.ok("fine"))) {
            List<Server> servers = new ArrayList<>(List.of(Server.of("localhost", good.port()), good.server()));
            for (int i = 0; i < threads - 1; i++) servers.add(Server.of("hangs" + i + ".test", 80));
            try (HealthChecker checker = HealthChecker.builder(
                            ServerPool.of(servers), HttpProbe.get("/").lookup(lookup))
                    .interval(Duration.ofMillis(600))
                    .timeout(Duration.ofMillis(200))
                    .transitionalInterval(Duration.ofMillis(200))
                    .maxInFlight(threads)
                    .start()) {
                await().until(() -> checker.status().stream()
                        .skip(2)
                        .allMatch(each ->
                                each.state() == CheckState.DOWN && each.last().reason() == Reason.DNS));
                for (int i = 0; i < 2; i++) {
                    assertThat(status(checker, i).state()).isEqualTo(CheckState.UP);
                    assertThat(checker.probeNow(servers.get(i).id()).join().verdict())
                            .isEqualTo(Verdict.PASS);
                }
                assertThat(running).hasSize(threads - 1);
                assertThat(running.values())
                        .allMatch(asked -> asked.get() == 1); // though each was probed at least thrice
            }
        } finally {
            hanging.countDown();
        }
    }

    @Test
    void anUnknownHostIsAFaultOfDns() {
        try (HealthChecker checker = checker(HttpProbe.get("/"), Server.of("no-such-host.invalid", 80))) {
            assertThat(checker.probeNow("no-such-host.invalid:80").join().reason())
                    .isEqualTo(Reason.DNS);
        }
        try (HealthChecker checker = checker(TcpProbe.connect(), Server.of("no-such-host.invalid", 80))) {
            assertThat(checker.probeNow("no-such-host.invalid:80").join().reason())
                    .isEqualTo(Reason.DNS);
        }
    }

    @Test
    void h15ANameThatMovesIsProbedAtItsNewAddress() throws Exception {
        InetAddress nobody = InetAddress.getByName("127.77.0.1"); // loopback, where nothing listens on that port
        AtomicReference<InetAddress> address = new AtomicReference<>(nobody);
        try (HostileServer good = HostileServer.that(talk -> {})) {
            TcpProbe probe = TcpProbe.connect().lookup(host -> new InetAddress[] {address.get()});
            try (HealthChecker checker = checker(probe, Server.of("moving.test", good.port()))) {
                await().until(() -> status(checker, 0).state() == CheckState.DOWN);
                assertThat(status(checker, 0).last().reason()).isEqualTo(Reason.CONNECT);
                address.set(InetAddress.getLoopbackAddress());
                await().atMost(Duration.ofSeconds(10))
                        .until(() -> status(checker, 0).state() == CheckState.UP);
            }
        }
    }
}
