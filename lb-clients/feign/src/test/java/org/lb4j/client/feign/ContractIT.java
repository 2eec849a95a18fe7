package org.lb4j.client.feign;

import feign.Client;
import feign.Request;
import feign.Response;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import okhttp3.tls.HandshakeCertificates;
import org.lb4j.client.Services;
import org.lb4j.client.testing.Caller;
import org.lb4j.client.testing.TroubleContract;

/** What all clients make of troubles, by Feign's own. */
final class ContractIT extends TroubleContract {
    @Override
    @SuppressWarnings("deprecation") // its new name is not in older versions
    protected Caller caller(Services services, HandshakeCertificates trusting) {
        Client client = BalancedCapability.of(services).enrich(new Client.Default(trusting.sslSocketFactory(), null));
        Request.Options options = new Request.Options(
                CONNECT_LIMIT.toMillis(), TimeUnit.MILLISECONDS, LIMIT.toMillis(), TimeUnit.MILLISECONDS, false);
        return (method, uri) -> {
            byte[] body = method.equals("POST") ? new byte[] {'x'} : null;
            Request request = Request.create(
                    Request.HttpMethod.valueOf(method), uri.toString(), Map.of(), body, StandardCharsets.UTF_8, null);
            try (Response response = client.execute(request, options)) {
                String text = response.body() == null
                        ? ""
                        : new String(response.body().asInputStream().readAllBytes(), StandardCharsets.UTF_8);
                return new Caller.Reply(
                        response.status(),
                        text,
                        name -> List.copyOf(response.headers().getOrDefault(name, List.of())));
            }
        };
    }

    /** HttpURLConnection reads on for a while, on a thread of its own. */
    @Override
    protected boolean dropsAtOnce() {
        return false;
    }
}
