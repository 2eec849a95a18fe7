package org.lb4j.client.okhttp;

import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okhttp3.tls.HandshakeCertificates;
import org.lb4j.client.Services;
import org.lb4j.client.testing.Caller;
import org.lb4j.client.testing.TroubleContract;

/** What all clients make of troubles, by OkHttp. */
final class ContractIT extends TroubleContract {
    @Override
    protected Caller caller(Services services, HandshakeCertificates trusting) {
        OkHttpClient.Builder bare = new OkHttpClient.Builder()
                .sslSocketFactory(trusting.sslSocketFactory(), trusting.trustManager())
                .connectTimeout(CONNECT_LIMIT)
                .readTimeout(LIMIT);
        OkHttpClient client = BalancedOkHttp.install(bare, services).build();
        return (method, uri) -> {
            Request request = new Request.Builder()
                    .url(uri.toString())
                    .method(method, method.equals("POST") ? RequestBody.create(new byte[] {'x'}) : null)
                    .build();
            try (Response response = client.newCall(request).execute()) {
                return new Caller.Reply(response.code(), response.body().string(), response::headers);
            }
        };
    }
}
