package org.lb4j.client.apache;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import javax.net.ssl.SSLContext;
import org.apache.hc.client5.http.HttpRoute;
import org.apache.hc.client5.http.async.methods.SimpleHttpResponse;
import org.apache.hc.client5.http.async.methods.SimpleRequestBuilder;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.impl.InMemoryDnsResolver;
import org.apache.hc.client5.http.impl.async.CloseableHttpAsyncClient;
import org.apache.hc.client5.http.impl.async.HttpAsyncClientBuilder;
import org.apache.hc.client5.http.impl.async.HttpAsyncClients;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.impl.nio.PoolingAsyncClientConnectionManagerBuilder;
import org.apache.hc.client5.http.ssl.ClientTlsStrategyBuilder;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.io.entity.EntityUtils;
import org.apache.hc.core5.http.io.support.ClassicRequestBuilder;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.reactor.IOReactorConfig;
import org.apache.hc.core5.util.TimeValue;
import org.lb4j.client.Services;

/** One test for both clients: a balanced client that throws what its user would see. */
interface Caller extends AutoCloseable {
    /** What came back. */
    record Reply(int status, String body, List<Header> headers) {
        List<String> header(String name) {
            return headers.stream()
                    .filter(each -> each.getName().equalsIgnoreCase(name))
                    .map(Header::getValue)
                    .toList();
        }
    }

    Reply call(String method, String url) throws Exception;

    @Override
    void close() throws Exception;

    /** The two clients. */
    enum Form {
        CLASSIC {
            @Override
            Caller open(Services services, SSLContext trust, Function<HttpRoute, ConnectionConfig> limits) {
                return classic(
                        HttpClients.custom()
                                .setConnectionManager(PoolingHttpClientConnectionManagerBuilder.create()
                                        .setTlsSocketStrategy(new DefaultClientTlsStrategy(trust))
                                        .setDnsResolver(new InMemoryDnsResolver())
                                        .setConnectionConfigResolver(limits::apply)
                                        .build()),
                        services);
            }

            @Override
            Caller open(Services services) {
                return classic(HttpClients.custom(), services);
            }
        },
        ASYNC {
            @Override
            Caller open(Services services, SSLContext trust, Function<HttpRoute, ConnectionConfig> limits) {
                return async(
                        HttpAsyncClients.custom()
                                .setIOReactorConfig(IOReactorConfig.custom()
                                        .setSelectInterval(
                                                TimeValue.ofMilliseconds(20)) // how often it looks at timeouts
                                        .build())
                                .setConnectionManager(PoolingAsyncClientConnectionManagerBuilder.create()
                                        .setTlsStrategy(ClientTlsStrategyBuilder.create()
                                                .setSslContext(trust)
                                                .buildAsync())
                                        .setDnsResolver(new InMemoryDnsResolver())
                                        .setConnectionConfigResolver(limits::apply)
                                        .build()),
                        services);
            }

            @Override
            Caller open(Services services) {
                return async(HttpAsyncClients.custom(), services);
            }
        };

        /**
         * A client that knows no host name.
         *
         * @param trust whom it trusts
         * @param limits its timeouts
         */
        abstract Caller open(Services services, SSLContext trust, Function<HttpRoute, ConnectionConfig> limits);

        abstract Caller open(Services services);
    }

    static Caller classic(HttpClientBuilder builder, Services services) {
        CloseableHttpClient client = BalancedApache.install(builder, services).build();
        return new Caller() {
            @Override
            public Reply call(String method, String url) throws Exception {
                ClassicRequestBuilder request =
                        ClassicRequestBuilder.create(method).setUri(url);
                if (method.equals("POST")) request.setEntity("x");
                return client.execute(request.build(), response -> {
                    HttpEntity body = response.getEntity();
                    String text = body == null ? "" : EntityUtils.toString(body);
                    return new Reply(response.getCode(), text, Arrays.asList(response.getHeaders()));
                });
            }

            @Override
            public void close() throws Exception {
                client.close();
            }
        };
    }

    static Caller async(HttpAsyncClientBuilder builder, Services services) {
        CloseableHttpAsyncClient client =
                BalancedApache.install(builder, services).build();
        client.start();
        return new Caller() {
            @Override
            public Reply call(String method, String url) throws Exception {
                SimpleRequestBuilder request =
                        SimpleRequestBuilder.create(method).setUri(url);
                if (method.equals("POST")) request.setBody("x", ContentType.TEXT_PLAIN);
                try {
                    SimpleHttpResponse response =
                            client.execute(request.build(), null).get();
                    return new Reply(response.getCode(), response.getBodyText(), Arrays.asList(response.getHeaders()));
                } catch (ExecutionException e) {
                    throw (Exception) e.getCause();
                }
            }

            @Override
            public void close() {
                client.close(CloseMode.IMMEDIATE);
            }
        };
    }
}
