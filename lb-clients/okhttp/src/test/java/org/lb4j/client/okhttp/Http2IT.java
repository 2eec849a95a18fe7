package org.lb4j.client.okhttp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.lb4j.Outcome;
import org.lb4j.client.Services;
import org.lb4j.client.testing.Fleet;
import org.lb4j.client.testing.Http2Pair;
import org.lb4j.failover.Budget;
import org.lb4j.failover.Failover;
import org.lb4j.testing.Nginx;
import org.lb4j.testing.RequiresProgram;

/** What HTTP/2 servers may say that no other can: a stream is refused, a connection is to end. */
@Timeout(60)
final class Http2IT {
    private final Fleet fleet = new Fleet();

    /** It has not been processed. */
    @Test
    void aPostThatIsRefusedGoesToAnotherServer() throws Exception {
        try (Http2Pair pair = Http2Pair.refusing("api.test")) {
            OkHttpClient client = client(pair);
            for (int i = 0; i < 4; i++) assertThat(post(client)).isEqualTo("taken");
            fleet.close(); // nothing is left in flight
            assertThat(pair.taken(1)).isEqualTo(4);
            assertThat(pair.authority(1)).startsWith("api.test:"); // logical, though the server is an address
            assertThat(fleet.ends()).contains(Outcome.REJECTED).doesNotContain(Outcome.FAILURE);
            assertThat(fleet.ends()).filteredOn(each -> each == Outcome.SUCCESS).hasSize(4);
        }
    }

    /** nginx says GOAWAY with every fifth answer, while streams of other threads are on their way. */
    @RequiresProgram("nginx")
    @Test
    void noGetIsLostByConnectionsThatEndInGoodOrder(@TempDir Path folder) throws Exception {
        // Of five requests a connection, so many are refused that the usual budget would not do.
        Failover failover =
                Failover.builder().maxAttempts(20).budget(Budget.unlimited()).build();
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try (Nginx nginx = Nginx.overHttp2(folder, 1)) {
            OkHttpClient.Builder bare = new OkHttpClient.Builder().protocols(List.of(Protocol.H2_PRIOR_KNOWLEDGE));
            OkHttpClient client = BalancedOkHttp.install(
                            bare, fleet.of(service -> service.failover(failover), List.of(nginx.server())))
                    .build();
            List<Future<String>> answers = new ArrayList<>();
            for (int i = 0; i < 100; i++) answers.add(threads.submit(() -> get(client)));
            for (Future<String> each : answers) assertThat(each.get()).isEqualTo("nginx-1");
        } finally {
            threads.shutdownNow();
        }
        fleet.close();
        assertThat(fleet.ends()).filteredOn(each -> each == Outcome.SUCCESS).hasSize(100);
    }

    private static String get(OkHttpClient client) throws IOException {
        Request request = new Request.Builder().url("http://users/").build();
        try (Response response = client.newCall(request).execute()) {
            assertThat(response.protocol()).isEqualTo(Protocol.H2_PRIOR_KNOWLEDGE);
            return response.body().string();
        }
    }

    private OkHttpClient client(Http2Pair pair) {
        Services services = fleet.of(service -> service.authority("api.test"), pair.members());
        OkHttpClient.Builder bare = new OkHttpClient.Builder()
                .sslSocketFactory(
                        pair.trusting().sslSocketFactory(), pair.trusting().trustManager());
        return BalancedOkHttp.install(bare, services).build();
    }

    private static String post(OkHttpClient client) throws Exception {
        Request request = new Request.Builder()
                .url("https://users/")
                .post(RequestBody.create(new byte[] {1}))
                .build();
        try (Response response = client.newCall(request).execute()) {
            assertThat(response.protocol()).isEqualTo(Protocol.HTTP_2);
            return response.body().string();
        }
    }
}
