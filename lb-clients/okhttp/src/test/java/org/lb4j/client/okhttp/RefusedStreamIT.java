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
import org.lb4j.client.testing.RefusingPair;

/** A server that refuses an HTTP/2 stream has not processed it, so another one gets it, even a POST. */
@Timeout(60)
final class RefusedStreamIT {
    private final Fleet fleet = new Fleet();

    @Test
    void aPostThatIsRefusedGoesToAnotherServer() throws Exception {
        try (RefusingPair pair = RefusingPair.showing("api.test")) {
            Services services = fleet.of(service -> service.authority("api.test"), pair.members());
            OkHttpClient.Builder bare = new OkHttpClient.Builder()
                    .sslSocketFactory(
                            pair.trusting().sslSocketFactory(), pair.trusting().trustManager());
            OkHttpClient client = BalancedOkHttp.install(bare, services).build();
            for (int i = 0; i < 4; i++) assertThat(post(client)).isEqualTo("taken");
            fleet.close(); // nothing is left in flight
            assertThat(pair.taken()).isEqualTo(4);
            assertThat(fleet.ends()).contains(Outcome.REJECTED).doesNotContain(Outcome.FAILURE);
            assertThat(fleet.ends()).filteredOn(each -> each == Outcome.SUCCESS).hasSize(4);
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
