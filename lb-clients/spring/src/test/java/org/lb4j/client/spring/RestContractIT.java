package org.lb4j.client.spring;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import javax.net.ssl.HttpsURLConnection;
import okhttp3.tls.HandshakeCertificates;
import org.junit.jupiter.api.Nested;
import org.lb4j.client.Services;
import org.lb4j.client.testing.Caller;
import org.lb4j.client.testing.TroubleContract;
import org.springframework.http.HttpMethod;
import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.http.client.SimpleClientHttpRequestFactory;
import org.springframework.web.client.RestClient;

/** What all clients make of troubles, by RestClient. */
final class RestContractIT {
    private static Caller caller(ClientHttpRequestFactory factory, Services services) {
        RestClient client = RestClient.builder()
                .requestFactory(BalancedRequestFactory.wrap(factory, services))
                .build();
        return (method, uri) -> {
            RestClient.RequestBodySpec request =
                    client.method(HttpMethod.valueOf(method)).uri(uri);
            if (method.equals("POST")) request.body("x");
            return request.exchange((sent, response) -> new Caller.Reply(
                    response.getStatusCode().value(),
                    new String(response.getBody().readAllBytes(), StandardCharsets.UTF_8),
                    name -> response.getHeaders().getValuesAsList(name)));
        };
    }

    @Nested
    final class Jdk extends TroubleContract {
        @Override
        protected Caller caller(Services services, HandshakeCertificates trusting) {
            JdkClientHttpRequestFactory factory = new JdkClientHttpRequestFactory(HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .sslContext(trusting.sslContext())
                    .connectTimeout(CONNECT_LIMIT)
                    .build());
            factory.setReadTimeout(LIMIT);
            return RestContractIT.caller(factory, services);
        }

        /** Spring closes the stream when its time is over, and its reader is told of no time. */
        @Override
        protected boolean limitsBodies() {
            return false;
        }
    }

    @Nested
    final class Simple extends TroubleContract {
        @Override
        protected Caller caller(Services services, HandshakeCertificates trusting) {
            SimpleClientHttpRequestFactory factory = new SimpleClientHttpRequestFactory() {
                @Override
                protected void prepareConnection(HttpURLConnection connection, String method) throws IOException {
                    super.prepareConnection(connection, method);
                    if (connection instanceof HttpsURLConnection secure)
                        secure.setSSLSocketFactory(trusting.sslSocketFactory());
                }
            };
            factory.setConnectTimeout(CONNECT_LIMIT);
            factory.setReadTimeout(LIMIT);
            return RestContractIT.caller(factory, services);
        }

        /** HttpURLConnection reads on for a while, on a thread of its own. */
        @Override
        protected boolean dropsAtOnce() {
            return false;
        }
    }
}
