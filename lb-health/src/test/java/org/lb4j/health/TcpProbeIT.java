package org.lb4j.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.lb4j.Server;
import org.lb4j.ServerPool;

/** TCP probes against real sockets. */
@Timeout(120)
final class TcpProbeIT {
    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private interface Talk {
        void serve(Socket socket) throws Exception;
    }

    /** A server that does one thing to each connection. */
    private static final class Simple implements AutoCloseable {
        private final ServerSocket socket;
        private final AtomicInteger accepted = new AtomicInteger();
        private final AtomicInteger served = new AtomicInteger();

        Simple(Talk talk) throws IOException {
            socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
            Thread thread = new Thread(() -> {
                while (!socket.isClosed()) {
                    try (Socket connection = socket.accept()) {
                        accepted.incrementAndGet();
                        talk.serve(connection);
                    } catch (Exception brokenByTheOther) {
                        continue;
                    } finally {
                        served.incrementAndGet();
                    }
                }
            });
            thread.setDaemon(true);
            thread.start();
        }

        Server server() {
            return Server.of("127.0.0.1", socket.getLocalPort());
        }

        /** Whoever asks for the end waits until it has been seen. */
        void awaitEnd() {
            await().atMost(Duration.ofSeconds(60)).until(() -> accepted.get() > 0 && served.get() == accepted.get());
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }

    private static ProbeResult probe(TcpProbe probe, Talk talk) throws IOException {
        try (Simple server = new Simple(talk)) {
            Server at = server.server();
            try (HealthChecker checker = HealthChecker.builder(
                            ServerPool.builder().servers(at).build(), probe)
                    .interval(Duration.ofMinutes(1))
                    .transitionalInterval(Duration.ofMinutes(1))
                    .timeout(Duration.ofSeconds(10)) // more than a busy machine needs
                    .start()) {
                ProbeResult result = checker.probeNow(at.id()).join();
                server.awaitEnd();
                return result;
            }
        }
    }

    private static void readLine(InputStream in) throws IOException {
        for (int c = in.read(); c >= 0 && c != '\n'; c = in.read()) continue;
    }

    @Test
    void aConnectionIsAPass() throws Exception {
        assertThat(probe(TcpProbe.connect(), socket -> {}).verdict()).isEqualTo(Verdict.PASS);
    }

    @Test
    void anExpectedAnswerPassesAcrossPackets() throws Exception {
        TcpProbe ping = TcpProbe.connect().send(bytes("PING\r\n")).expect(bytes("+PONG"));
        assertThat(probe(ping, socket -> {
                            readLine(socket.getInputStream());
                            socket.getOutputStream().write(bytes("+PO"));
                            socket.getOutputStream().flush();
                            socket.getOutputStream().write(bytes("NG\r\n"));
                            readLine(socket.getInputStream());
                        })
                        .verdict())
                .isEqualTo(Verdict.PASS);
        assertThat(probe(ping, socket -> {
                            socket.getOutputStream().write(bytes("-LOADING"));
                            readLine(socket.getInputStream());
                        })
                        .reason())
                .isEqualTo(Reason.CONTENT);
        assertThat(probe(ping, socket -> socket.getOutputStream().write(bytes("+P")))
                        .reason())
                .isEqualTo(Reason.PROTOCOL);
    }

    @Test
    void aServerThatHangsTimesOutAndSeesTheEnd() throws Exception {
        TcpProbe ping = TcpProbe.connect().send(bytes("PING\r\n")).expect(bytes("+PONG"));
        try (Simple server = new Simple(socket -> {
                    while (socket.getInputStream().read() >= 0) continue;
                });
                StillClock clock = new StillClock(ping, server.server())) {
            CompletableFuture<ProbeResult> begun = clock.begin(server.server());
            clock.until(() -> server.accepted.get() == 1);
            clock.millis(999);
            assertThat(begun).isNotDone();
            clock.millis(1);
            assertThat(begun.join().reason()).isEqualTo(Reason.TIMEOUT);
            server.awaitEnd();
        }
    }

    @Test
    void anAgentsWordsAreRead() throws Exception {
        ProbeResult result = probe(
                TcpProbe.connect().healthText(),
                socket -> socket.getOutputStream().write(bytes("75% # warming\n")));
        assertThat(result.weight()).isEqualTo(0.75);
        assertThat(probe(
                                TcpProbe.connect().healthText(),
                                socket -> socket.getOutputStream().write(bytes("maint\r\n")))
                        .verdict())
                .isEqualTo(Verdict.FAIL);
    }

    @Test
    void aRefusedConnectionIsAFaultOfConnect() throws Exception {
        Simple gone = new Simple(socket -> {});
        int port = gone.socket.getLocalPort();
        gone.close();
        Server at = Server.of("127.0.0.1", port);
        try (StillClock clock = new StillClock(TcpProbe.connect(), at)) {
            assertThat(clock.probe(at).reason()).isEqualTo(Reason.CONNECT);
        }
    }
}
