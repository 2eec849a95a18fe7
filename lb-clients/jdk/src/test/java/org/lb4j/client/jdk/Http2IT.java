package org.lb4j.client.jdk;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
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
            HttpClient client = client(pair);
            for (int i = 0; i < 4; i++) assertThat(post(client)).isEqualTo("taken");
            fleet.close(); // nothing is left in flight
            assertThat(pair.taken(1)).isEqualTo(4);
            assertThat(fleet.ends()).contains(Outcome.REJECTED).doesNotContain(Outcome.FAILURE);
            assertThat(fleet.ends()).filteredOn(each -> each == Outcome.SUCCESS).hasSize(4);
        }
    }

    private HttpClient client(Http2Pair pair) {
        HttpClient bare = BalancedHttpClient.tls(
                        HttpClient.newBuilder(), pair.trusting().sslContext(), "api.test")
                .build();
        Services services = fleet.of(service -> service.authority("api.test"), pair.members());
        return BalancedHttpClient.wrap(bare, services);
    }

    private static String post(HttpClient client) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create("https://users/"))
                .POST(BodyPublishers.ofString("x"))
                .build();
        HttpResponse<String> response = client.send(request, BodyHandlers.ofString());
        assertThat(response.version()).isEqualTo(HttpClient.Version.HTTP_2);
        return response.body();
    }
}
