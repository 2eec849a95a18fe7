package org.lb4j.client.jdk;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Optional;
import javax.net.ssl.SSLSession;

/** A response with the caller's own request, and headers that tell who answered. */
record BalancedResponse<T>(HttpResponse<T> response, HttpRequest request, HttpHeaders headers)
        implements HttpResponse<T>, AutoCloseable {
    @Override
    public int statusCode() {
        return response.statusCode();
    }

    @Override
    public Optional<HttpResponse<T>> previousResponse() {
        return response.previousResponse();
    }

    @Override
    public T body() {
        return response.body();
    }

    @Override
    public Optional<SSLSession> sslSession() {
        return response.sslSession();
    }

    /** The server's. */
    @Override
    public URI uri() {
        return response.uri();
    }

    @Override
    public HttpClient.Version version() {
        return response.version();
    }

    /** For a response that came too late to be read. */
    @Override
    public void close() throws IOException {
        if (body() instanceof java.io.Closeable stream) stream.close();
    }
}
