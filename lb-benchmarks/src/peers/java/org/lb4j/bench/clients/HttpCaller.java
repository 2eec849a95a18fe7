package org.lb4j.bench.clients;

import feign.Feign;
import feign.RequestLine;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.lb4j.client.Services;
import org.lb4j.client.feign.BalancedCapability;
import org.lb4j.client.jdk.BalancedHttpClient;
import org.lb4j.client.okhttp.BalancedOkHttp;

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
