package org.lb4j.client.spring;

import io.netty.channel.ChannelOption;
import io.netty.handler.ssl.SslContextBuilder;
import okhttp3.tls.HandshakeCertificates;
import org.junit.jupiter.api.Nested;
import org.lb4j.client.Services;
import org.lb4j.client.testing.Caller;
import org.lb4j.client.testing.TroubleContract;
import org.springframework.http.HttpMethod;
import org.springframework.http.client.reactive.ClientHttpConnector;
import org.springframework.http.client.reactive.JdkClientHttpConnector;
import org.springframework.http.client.reactive.ReactorClientHttpConnector;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.netty.http.client.HttpClient;

/** What all clients make of troubles, by WebClient. */
final class WebContractIT {
    private static Caller caller(ClientHttpConnector connector, Services services) {
        WebClient client = WebClient.builder()
                .clientConnector(connector)
                .filter(BalancedExchangeFilter.of(services))
                .build();
        return (method, uri) -> {
            WebClient.RequestBodySpec request =
                    client.method(HttpMethod.valueOf(method)).uri(uri);
            if (method.equals("POST")) request.bodyValue("x");
            return request.exchangeToMono(response -> response.bodyToMono(String.class)
                            .defaultIfEmpty("")
                            .map(body -> new Caller.Reply(
                                    response.statusCode().value(),
                                    body,
                                    name -> response.headers().header(name))))
                    .block();
        };
    }

    @Nested
    final class Netty extends TroubleContract {
        @Override
        protected Caller caller(Services services, HandshakeCertificates trusting) throws Exception {
            var tls = SslContextBuilder.forClient()
                    .trustManager(trusting.trustManager())
                    .build();
            HttpClient netty = HttpClient.create()
                    .secure(spec -> spec.sslContext(tls))
                    .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int) CONNECT_LIMIT.toMillis())
                    .responseTimeout(LIMIT);
            return WebContractIT.caller(new ReactorClientHttpConnector(netty), services);
        }
    }

    @Nested
    final class Jdk extends TroubleContract {
        @Override
        protected Caller caller(Services services, HandshakeCertificates trusting) {
            JdkClientHttpConnector connector = new JdkClientHttpConnector(java.net.http.HttpClient.newBuilder()
                    .version(java.net.http.HttpClient.Version.HTTP_1_1)
                    .sslContext(trusting.sslContext())
                    .connectTimeout(CONNECT_LIMIT)
                    .build());
            connector.setReadTimeout(LIMIT);
            return WebContractIT.caller(connector, services);
        }

        /** The JDK's timeout ends at the head. */
        @Override
        protected boolean limitsBodies() {
            return false;
        }

        /** Spring's connector reads on, whatever its reader does. */
        @Override
        protected boolean dropsAtOnce() {
            return false;
        }
    }
}
