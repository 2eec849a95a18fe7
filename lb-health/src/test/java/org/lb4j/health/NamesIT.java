package org.lb4j.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.lb4j.Selector;
import org.lb4j.Server;
import org.lb4j.ServerPool;
import org.lb4j.algorithm.Algorithms;
import org.lb4j.testing.Snippets;

/** Names that can not be looked up, that hang, that move. */
@Timeout(120)
final class NamesIT {
    /** A lookup that hangs until it is let go, as those of the system do for a while, and counts who asked. */
    private static final class Hanging implements Lookup {
        private final CountDownLatch over = new CountDownLatch(1);
        private final Map<String, AtomicInteger> asked = new ConcurrentHashMap<>();

        @Override
        public InetAddress[] of(String host) throws UnknownHostException {
            asked.computeIfAbsent(host, name -> new AtomicInteger()).incrementAndGet();
            try {
                over.await();
            } catch (InterruptedException closing) {
                Thread.currentThread().interrupt();
            }
            throw new UnknownHostException(host);
        }
    }

    private static void eachSecond(HealthChecker.Builder settings) {
        Duration second = Duration.ofSeconds(1);
        settings.interval(second).timeout(second).maxInterval(second).maxInFlight(8);
    }

    private static InetAddress[] fails(String host) throws UnknownHostException {
        throw new UnknownHostException(host);
    }

    private static CheckStatus status(HealthChecker checker, int server) {
        return checker.status().get(server);
    }

    /** Lets time go by, but only while nobody waits for an answer except those whose lookup hangs. */
    private static void millis(StillClock clock, long millis, Hanging hanging, List<Server> well) {
        for (long left = millis; left > 0; left -= 100) {
            for (Server each : well) assertThat(clock.probe(each).verdict()).isEqualTo(Verdict.PASS);
            clock.until(() -> clock.checker.stats().inFlight() <= hanging.asked.size());
            clock.millis(100);
        }
    }

    @Test
    void h14ALookupThatFailsOrHangsIsTheFaultOfDnsAndOfNobodyElse() {
        AtomicReference<Lookup> lookup = new AtomicReference<>(Lookup.SYSTEM);
        AtomicInteger lookups = new AtomicInteger();
        Hanging hanging = new Hanging();
        HttpProbe probe = HttpProbe.get("/").lookup(host -> {
            lookups.incrementAndGet();
            return lookup.get().of(host);
        });
        try (HostileServer good = HostileServer.saying(HostileServer.ok("fine"))) {
            Server named = Server.of("localhost", good.port());
            List<Server> well = List.of(good.server());
            try (StillClock clock = new StillClock(probe, NamesIT::eachSecond, named, good.server())) {
                Selector selector = clock.pool.selector(Algorithms.roundRobin());
                assertThat(clock.probe(named).verdict()).isEqualTo(Verdict.PASS);
                lookup.set(NamesIT::fails);
                millis(clock, 6000, hanging, well);
                assertThat(status(clock.checker, 0).state()).isEqualTo(CheckState.DOWN);
                assertThat(status(clock.checker, 0).last().reason()).isEqualTo(Reason.DNS);
                lookup.set(hanging);
                var begun = clock.checker.probeNow(named.id());
                clock.until(() -> !hanging.asked.isEmpty());
                millis(clock, 1000, hanging, well);
                assertThat(begun.join().reason()).isEqualTo(Reason.DNS);
                assertThat(begun.join().detail()).isEqualTo("no answer to the name lookup after 1000 ms");
                assertThat(clock.checker.status()).hasSize(2); // it stays a member
                for (int i = 0; i < 1000; i++) assertThat(selector.next()).isEqualTo(good.server());
                lookup.set(Lookup.SYSTEM);
                hanging.over.countDown();
                long healed = clock.now();
                lookups.set(0);
                while (status(clock.checker, 0).state() == CheckState.DOWN && clock.now() - healed < 60_000_000_000L) {
                    clock.until(() -> clock.checker.stats().inFlight() == 0);
                    clock.millis(100);
                }
                // The first of its two passes within an interval and its jitter, the second a transitional one later.
                assertThat(Duration.ofNanos(clock.now() - healed)).isLessThan(Duration.ofMillis(2 * 1200 + 1000 + 100));
                assertThat(lookups.get()).isLessThanOrEqualTo(3); // rise, and the one that had hung
                assertThat(clock.events)
                        .filteredOn(event -> good.server().equals(event.server()))
                        .extracting(HealthEvent::kind)
                        .containsExactly(HealthEvent.Kind.UP);
            }
        } finally {
            hanging.over.countDown();
        }
    }

    @Test
    void h14ManyNamesThatHangHoldUpAThreadEachAndNobodyElse() {
        int names = 7; // and one thread more
        Hanging hanging = new Hanging();
        Lookup lookup = host -> host.equals("localhost") ? Lookup.SYSTEM.of(host) : hanging.of(host);
        try (HostileServer good = HostileServer.saying(HostileServer.ok("fine"))) {
            List<Server> servers = new ArrayList<>(List.of(Server.of("localhost", good.port()), good.server()));
            for (int i = 0; i < names; i++) servers.add(Server.of("hangs" + i + ".test", 80));
            try (StillClock clock = new StillClock(
                    HttpProbe.get("/").lookup(lookup), NamesIT::eachSecond, servers.toArray(Server[]::new))) {
                for (int i = 2; i < servers.size(); i++) {
                    var unused = clock.checker.probeNow(servers.get(i).id());
                }
                clock.until(() -> hanging.asked.size() == names);
                millis(clock, 6000, hanging, servers.subList(0, 2));
                assertThat(clock.checker.status().subList(2, servers.size())).allSatisfy(each -> {
                    assertThat(each.state()).isEqualTo(CheckState.DOWN);
                    assertThat(each.last().reason()).isEqualTo(Reason.DNS);
                });
                assertThat(clock.events)
                        .filteredOn(event -> servers.subList(0, 2).contains(event.server()))
                        .extracting(HealthEvent::kind)
                        .containsExactly(HealthEvent.Kind.UP, HealthEvent.Kind.UP);
                assertThat(hanging.asked.values())
                        .allMatch(asked -> asked.get() == 1); // though each was probed at least thrice
            }
        } finally {
            hanging.over.countDown();
        }
    }

    @Test
    void anUnknownHostIsAFaultOfDns() {
        Server unknown = Server.of("no-such-host.invalid", 80);
        for (Probe probe : new Probe[] {
            HttpProbe.get("/").lookup(NamesIT::fails), TcpProbe.connect().lookup(NamesIT::fails)
        }) {
            try (StillClock clock = new StillClock(probe, unknown)) {
                assertThat(clock.probe(unknown).reason()).isEqualTo(Reason.DNS);
            }
        }
    }

    @Test
    void h15ANameThatMovesIsProbedAtItsNewAddress() throws Exception {
        InetAddress nobody = InetAddress.getByName("127.77.0.1"); // loopback, where nothing listens on that port
        AtomicReference<InetAddress> address = new AtomicReference<>(nobody);
        try (HostileServer good = HostileServer.that(talk -> {})) {
            Server moving = Server.of("moving.test", good.port());
            TcpProbe probe = TcpProbe.connect().lookup(host -> new InetAddress[] {address.get()});
            try (StillClock clock = new StillClock(probe, moving)) {
                assertThat(clock.probe(moving).reason()).isEqualTo(Reason.CONNECT);
                address.set(InetAddress.getLoopbackAddress());
                assertThat(clock.probe(moving).verdict()).isEqualTo(Verdict.PASS);
            }
        }
    }

    /** The JVM's own lookup, which a JVM can only be told at its start, and which keeps an address for a second. */
    @Test
    @EnabledOnOs(OS.LINUX) // elsewhere there is one loopback address
    void h15ANameThatMovesIsProbedByHttpAtItsNewAddressWithinTheTimeToLive(@TempDir Path folder) throws Exception {
        Path hosts = folder.resolve("hosts");
        Path output = folder.resolve("output");
        String classes = Snippets.classPath(
                "org.lb4j.ServerPool",
                "org.lb4j.health.HealthChecker",
                "org.lb4j.health.NamesIT",
                "org.slf4j.LoggerFactory",
                "org.slf4j.nop.NOPServiceProvider",
                "org.awaitility.Awaitility",
                "org.hamcrest.Matcher");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Djdk.net.hosts.file=" + hosts,
                        "-Dsun.net.inetaddr.ttl=1",
                        "-cp",
                        classes,
                        Moving.class.getName(),
                        hosts.toString())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            assertThat(process.waitFor(90, TimeUnit.SECONDS)).isTrue();
            assertThat(Files.readString(output)).endsWith("moved\n");
        } finally {
            process.destroyForcibly();
        }
    }

    /** Probes a name at one address, then at another. */
    static final class Moving {
        private Moving() {}

        private static void at(Path hosts, String address) throws IOException {
            Files.writeString(hosts, address + " moving.test\n");
        }

        private static void awaitAsked(HostileServer server, HealthChecker checker) {
            await().atMost(Duration.ofSeconds(40)).until(() -> {
                checker.probeNow(checker.status().get(0).server().id()).join();
                return server.requests.get() > 0;
            });
        }

        /** @param arguments the file of hosts that the JVM looks names up in */
        public static void main(String[] arguments) throws Exception {
            Path hosts = Path.of(arguments[0]);
            at(hosts, "127.0.0.2");
            try (HostileServer first = HostileServer.at("127.0.0.2", 0, HostileServer.ok("fine"));
                    HostileServer second = HostileServer.at("127.0.0.3", first.port(), HostileServer.ok("fine"));
                    HealthChecker checker = HealthChecker.start(
                            ServerPool.of(List.of(Server.of("moving.test", first.port()))), HttpProbe.get("/"))) {
                awaitAsked(first, checker);
                at(hosts, "127.0.0.3");
                awaitAsked(second, checker);
                System.out.println("moved");
            }
        }
    }
}
