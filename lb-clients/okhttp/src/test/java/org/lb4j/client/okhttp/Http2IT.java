package org.lb4j.client.okhttp;

import static org.assertj.core.api.Assertions.assertThat;

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

/** A server that refuses an HTTP/2 stream has not processed it, so another one gets it, even a POST. */
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
