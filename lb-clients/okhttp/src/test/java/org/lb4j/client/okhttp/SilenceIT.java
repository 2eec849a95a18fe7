package org.lb4j.client.okhttp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
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
import org.lb4j.client.testing.SilentPort;
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

    @Test
    void o3AServerThatAnswersNoSynIsSkippedWithinTheCall() throws IOException {
        try (SilentPort silent = new SilentPort();
                TestServer good = TestServer.answering("42");
                ServerPool pool = ServerPool.of(List.of(silent.server(), good.server()))) {
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
