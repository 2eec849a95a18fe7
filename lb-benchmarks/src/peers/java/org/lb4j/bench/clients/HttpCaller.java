package org.lb4j.bench.clients;

import feign.Feign;
import feign.RequestLine;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Objects;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.core5.http.io.entity.EntityUtils;
import org.lb4j.client.Services;
import org.lb4j.client.apache.BalancedApache;
import org.lb4j.client.feign.BalancedCapability;
import org.lb4j.client.jdk.BalancedHttpClient;
import org.lb4j.client.okhttp.BalancedOkHttp;
import org.lb4j.client.spring.BalancedRequestFactory;
import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.web.client.RestClient;

/** The clients that lb4j wraps: a GET with each, bare and wrapped. */
public enum HttpCaller {
    /** {@code java.net.http.HttpClient.send}. */
    JDK {
        @Override
        Get bare(String url) {
            return with(HttpClient.newHttpClient(), url);
        }

        @Override
        Get wrapped(Services services, String url) {
            return with(BalancedHttpClient.wrap(HttpClient.newHttpClient(), services), url);
        }

        private static Get with(HttpClient client, String url) {
            HttpRequest request = HttpRequest.newBuilder(URI.create(url)).build();
            return () -> client.send(request, BodyHandlers.ofByteArray()).body();
        }
    },
    /** OkHttp, {@code execute}. */
    OKHTTP {
        @Override
        Get bare(String url) {
            return with(new OkHttpClient(), url);
        }

        @Override
        Get wrapped(Services services, String url) {
            return with(
                    BalancedOkHttp.install(new OkHttpClient.Builder(), services).build(), url);
        }

        private static Get with(OkHttpClient client, String url) {
            Request request = new Request.Builder().url(url).build();
            return () -> {
                try (Response response = client.newCall(request).execute()) {
                    return response.body().bytes();
                }
            };
        }
    },
    /** Apache HttpClient 5, classic. */
    APACHE {
        @Override
        Get bare(String url) {
            return with(HttpClients.custom(), url);
        }

        @Override
        Get wrapped(Services services, String url) {
            return with(BalancedApache.install(HttpClients.custom(), services), url);
        }

        private static Get with(HttpClientBuilder builder, String url) {
            CloseableHttpClient client = builder.build();
            return () -> client.execute(new HttpGet(url), response -> EntityUtils.toByteArray(response.getEntity()));
        }
    },
    /** Spring's RestClient over the JDK's client. */
    SPRING {
        @Override
        Get bare(String url) {
            return with(new JdkClientHttpRequestFactory(), url);
        }

        @Override
        Get wrapped(Services services, String url) {
            return with(BalancedRequestFactory.wrap(new JdkClientHttpRequestFactory(), services), url);
        }

        private static Get with(ClientHttpRequestFactory factory, String url) {
            RestClient client = RestClient.builder().requestFactory(factory).build();
            URI uri = URI.create(url);
            return () -> Objects.requireNonNull(client.get().uri(uri).retrieve().body(byte[].class));
        }
    },
    /** Feign over its default client, which is HttpURLConnection. */
    FEIGN {
        @Override
        Get bare(String url) {
            return with(Feign.builder(), url);
        }

        @Override
        Get wrapped(Services services, String url) {
            return with(Feign.builder().addCapability(BalancedCapability.of(services)), url);
        }

        private static Get with(Feign.Builder builder, String url) {
            Api api = builder.target(Api.class, url);
            return api::get;
        }
    };

    /** One call. */
    @FunctionalInterface
    interface Get {
        byte[] get() throws IOException, InterruptedException;
    }

    /** What Feign makes. */
    interface Api {
        @RequestLine("GET ")
        byte[] get();
    }

    abstract Get bare(String url);

    abstract Get wrapped(Services services, String url);
}
