package org.lb4j.client.okhttp;

import static org.assertj.core.api.Assertions.assertThat;

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
import org.lb4j.Outcome;
import org.lb4j.client.Services;
import org.lb4j.client.testing.Fleet;
import org.lb4j.client.testing.Http2Pair;

/** Servers that speak HTTP/2: one that refuses a stream has not processed it, one that leaves says which ones it has. */
@Timeout(60)
final class Http2IT {
    private final Fleet fleet = new Fleet();

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

    @Test
    void noGetIsLostByConnectionsThatEndInGoodOrder() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try (Http2Pair pair = Http2Pair.leaving("api.test")) {
            OkHttpClient client = client(pair);
            List<Future<String>> calls = new ArrayList<>();
            for (int i = 0; i < 120; i++) calls.add(threads.submit(() -> get(client)));
            for (Future<String> each : calls) assertThat(each.get()).isEqualTo("taken");
            assertThat(pair.taken(0)).isPositive();
            assertThat(pair.taken(1)).isPositive();
            fleet.close(); // nothing is left in flight
        } finally {
            threads.shutdownNow();
        }
    }

    private OkHttpClient client(Http2Pair pair) {
        Services services = fleet.of(service -> service.authority("api.test"), pair.members());
        OkHttpClient.Builder bare = new OkHttpClient.Builder()
                .sslSocketFactory(
                        pair.trusting().sslSocketFactory(), pair.trusting().trustManager());
        return BalancedOkHttp.install(bare, services).build();
    }

    private static String get(OkHttpClient client) throws Exception {
        Request request = new Request.Builder().url("https://users/").build();
        try (Response response = client.newCall(request).execute()) {
            return response.body().string();
        }
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
