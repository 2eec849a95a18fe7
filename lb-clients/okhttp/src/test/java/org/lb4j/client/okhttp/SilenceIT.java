package org.lb4j.client.okhttp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.lb4j.PoolEvent;
import org.lb4j.ServerPool;
import org.lb4j.algorithm.Algorithms;
import org.lb4j.client.Services;
import org.lb4j.testing.TestServer;

/** Servers that say nothing, and callers that forget to. */
@Timeout(120)
final class SilenceIT {
    private static OkHttpClient client(ServerPool pool) {
        Services services = Services.builder()
                .service("users", pool.selector(Algorithms.roundRobin()))
                .build();
        return BalancedOkHttp.install(new OkHttpClient.Builder(), services)
                .connectTimeout(Duration.ofMillis(500))
                .build();
    }

    private static Request get() {
        return new Request.Builder().url("http://users/42").build();
    }

    /** A queue of connections that nobody accepts: once it is full, the kernel answers no SYN. */
    @Test
    void o3AServerThatAnswersNoSynIsSkippedWithinTheCall() throws IOException {
        List<Socket> queue = new ArrayList<>();
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                TestServer good = TestServer.answering("42")) {
            fill(queue, silent);
            String address = "127.0.0.1:" + silent.getLocalPort();
            try (ServerPool pool = ServerPool.of(address, good.server().id())) {
                OkHttpClient client = client(pool);
                for (int i = 0; i < 4; i++) {
                    try (Response response = client.newCall(get()).execute()) {
                        assertThat(response.body().string()).isEqualTo("42");
                    }
                }
                assertThat(good.hits()).isEqualTo(4);
                assertThat(pool.inFlight()).isZero();
                client.dispatcher().executorService().shutdown();
            }
        } finally {
            for (Socket each : queue) each.close();
        }
    }

    private static void fill(List<Socket> queue, ServerSocket silent) {
        try {
            while (queue.size() < 100) {
                Socket each = new Socket();
                queue.add(each);
                each.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), silent.getLocalPort()), 300);
            }
        } catch (IOException full) {
            return;
        }
        throw new IllegalStateException("this kernel queues more than 100 connections");
    }

    @Test
    void o4AResponseThatIsNeverClosedIsReportedAsALeak() throws IOException {
        List<PoolEvent> leaks = new ArrayList<>();
        try (TestServer server = TestServer.answering("42");
                ServerPool pool = ServerPool.builder()
                        .servers(server.server())
                        .detectLeaks()
                        .onChange(event -> {
                            if (event.kind() == PoolEvent.Kind.LEAKED) leaks.add(event);
                        })
                        .build()) {
            OkHttpClient client = client(pool);
            forget(client);
            assertThat(pool.inFlight()).isEqualTo(1);
            await().atMost(Duration.ofSeconds(60)).until(() -> {
                System.gc();
                return pool.status().get(0).leaked() == 1;
            });
            assertThat(leaks).hasSize(1);
            assertThat(pool.inFlight()).isZero();
            client.dispatcher().executorService().shutdown();
        }
    }

    private static void forget(OkHttpClient client) throws IOException {
        Response response = client.newCall(get()).execute();
        assertThat(response.code()).isEqualTo(200);
    }
}
