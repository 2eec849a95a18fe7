package org.lb4j.client.jdk;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import okhttp3.tls.HandshakeCertificates;
import org.lb4j.client.Services;
import org.lb4j.client.testing.Caller;
import org.lb4j.client.testing.TroubleContract;

/** What all clients make of troubles, by the JDK's. */
final class ContractIT extends TroubleContract {
    @Override
    protected Caller caller(Services services, HandshakeCertificates trusting) {
        HttpClient bare = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .sslContext(trusting.sslContext())
                .connectTimeout(CONNECT_LIMIT)
                .build();
        HttpClient client = BalancedHttpClient.wrap(bare, services);
        return (method, uri) -> {
            HttpRequest request = HttpRequest.newBuilder(uri)
                    .timeout(LIMIT)
                    .method(method, method.equals("POST") ? BodyPublishers.ofString("x") : BodyPublishers.noBody())
                    .build();
            HttpResponse<String> response = client.send(request, BodyHandlers.ofString());
            return new Caller.Reply(response.statusCode(), response.body(), response.headers()::allValues);
        };
    }

    /** The JDK's timeout ends at the head. */
    @Override
    protected boolean limitsBodies() {
        return false;
    }
}
