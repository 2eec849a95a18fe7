package org.lb4j.client.jdk;

import java.io.IOException;
import java.net.Authenticator;
import java.net.CookieHandler;
import java.net.ProxySelector;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.PushPromiseHandler;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import org.jspecify.annotations.Nullable;
import org.lb4j.SelectionContext;
import org.lb4j.client.Service;
import org.lb4j.client.Services;

/**
 * The JDK's HTTP client, with services: a request to a logical host goes to one of its servers, and to another one if that
 * fails and the request may be repeated. All other hosts pass through untouched.
 *
 * <pre>{@code
 * HttpClient client = BalancedHttpClient.wrap(HttpClient.newHttpClient(), services);
 * HttpResponse<String> user = client.send(HttpRequest.newBuilder(URI.create("http://users/42")).build(), ofString());
 * String server = user.headers().firstValue(Services.SERVER_HEADER).orElse("?");
 * }</pre>
 *
 * <p>Futures of balanced calls cancel the exchange however they are completed. {@code Host} is the server's own: this client does
 * not let anybody set it. The JDK repeats a GET once by itself when a connection closes without an answer; nothing can stop
 * it but {@code -Djdk.httpclient.disableRetryConnect} for connecting. A WebSocket goes to a server, too, and is in flight until its
 * listener hears of its end, for which, as ever, it must have requested messages, or until {@code abort}.
 */
public final class BalancedHttpClient extends HttpClient {
    private final HttpClient client;
    private final Services services;
    private final @Nullable SelectionContext context;

    private BalancedHttpClient(HttpClient client, Services services, @Nullable SelectionContext context) {
        this.client = client;
        this.services = services;
        this.context = context;
    }

    /**
     * Wraps a client.
     *
     * @param client follows no redirects
     * @param services the logical hosts
     * @return the balanced client
     * @throws IllegalArgumentException if the client does what would go around this one
     */
    public static BalancedHttpClient wrap(HttpClient client, Services services) {
        if (client.followRedirects() != Redirect.NEVER)
            throw new IllegalArgumentException("followRedirects must be NEVER, was " + client.followRedirects()
                    + ": the client would follow a redirect past the services; if none of them redirects, use"
                    + " wrapWithRedirects");
        return wrapWithRedirects(client, services);
    }

    /**
     * Wraps a client that follows redirects by itself: one that leads to a service's name fails, one that leads to a server
     * goes past the service.
     *
     * @param client any
     * @param services the logical hosts
     * @return the balanced client
     * @throws IllegalArgumentException if the client does what would go around this one
     */
    public static BalancedHttpClient wrapWithRedirects(HttpClient client, Services services) {
        Services.requireNoHiddenRepeats();
        for (Service each : services.all()) Checks.authority(each, client);
        return new BalancedHttpClient(client, services, null);
    }

    /**
     * Prepares a client for servers that have IP addresses and show one name in TLS: that name is sent and checked instead of
     * the address. One client for each such service.
     *
     * @param builder the client's
     * @param context trusts the servers' certificates
     * @param name what they show, as given to {@code authority}
     * @return the builder
     */
    public static HttpClient.Builder tls(HttpClient.Builder builder, SSLContext context, String name) {
        // From the context's defaults: new parameters would have no protocols, and silently lose HTTP/2.
        SSLParameters parameters = context.getDefaultSSLParameters();
        parameters.setServerNames(java.util.List.of(new javax.net.ssl.SNIHostName(name)));
        return builder.sslContext(context).sslParameters(parameters);
    }

    /**
     * A view whose calls all want the same of the choice, whatever their service would say.
     *
     * @param context such as a key to follow
     * @return a client that shares all else
     */
    public BalancedHttpClient with(SelectionContext context) {
        return new BalancedHttpClient(client, services, context);
    }

    /**
     * Who gave a response.
     *
     * @param response of a balanced call
     * @return the id of the server; null: the call was not balanced, or the service does not show it
     */
    public static @Nullable String serverOf(HttpResponse<?> response) {
        return response.headers().firstValue(Services.SERVER_HEADER).orElse(null);
    }

    @Override
    public <T> HttpResponse<T> send(HttpRequest request, BodyHandler<T> handler)
            throws IOException, InterruptedException {
        Service service = services.of(request.uri());
        if (service == null) return client.send(request, handler);
        Exchange<T> exchange = new Exchange<>(client, service, context, request, handler);
        return service.hedges() ? Waiting.forResult(exchange.async(null)) : exchange.send();
    }

    @Override
    public <T> CompletableFuture<HttpResponse<T>> sendAsync(HttpRequest request, BodyHandler<T> handler) {
        Service service = services.of(request.uri());
        if (service == null) return client.sendAsync(request, handler);
        return new Exchange<>(client, service, context, request, handler).async(null);
    }

    @Override
    public <T> CompletableFuture<HttpResponse<T>> sendAsync(
            HttpRequest request, BodyHandler<T> handler, @Nullable PushPromiseHandler<T> pushes) {
        Service service = services.of(request.uri());
        if (service == null) return client.sendAsync(request, handler, pushes);
        return new Exchange<>(client, service, context, request, handler).async(pushes);
    }

    @Override
    public WebSocket.Builder newWebSocketBuilder() {
        return new SocketBuilder(client, services, context);
    }

    @Override
    public Optional<CookieHandler> cookieHandler() {
        return client.cookieHandler();
    }

    @Override
    public Optional<Duration> connectTimeout() {
        return client.connectTimeout();
    }

    @Override
    public Redirect followRedirects() {
        return client.followRedirects();
    }

    @Override
    public Optional<ProxySelector> proxy() {
        return client.proxy();
    }

    @Override
    public SSLContext sslContext() {
        return client.sslContext();
    }

    @Override
    public SSLParameters sslParameters() {
        return client.sslParameters();
    }

    @Override
    public Optional<Authenticator> authenticator() {
        return client.authenticator();
    }

    @Override
    public Version version() {
        return client.version();
    }

    @Override
    public Optional<Executor> executor() {
        return client.executor();
    }

    // Those of Java 21, which this class is not compiled against; without them close() would return at once and do
    // nothing.

    /** Closes the wrapped client, on Java 21 and newer; before, a client can not be closed. */
    public void close() {
        Lifecycle.close(client);
    }

    /** Shuts the wrapped client down, on Java 21 and newer. */
    public void shutdown() {
        Lifecycle.shutdown(client);
    }

    /** Shuts the wrapped client down at once, on Java 21 and newer. */
    public void shutdownNow() {
        Lifecycle.shutdownNow(client);
    }

    /**
     * Whether the wrapped client has ended.
     *
     * @return false on Java 17
     */
    public boolean isTerminated() {
        return Lifecycle.isTerminated(client);
    }

    /**
     * Waits for the wrapped client to end.
     *
     * @param duration how long
     * @return whether it has; false on Java 17
     * @throws InterruptedException if interrupted
     */
    public boolean awaitTermination(Duration duration) throws InterruptedException {
        return Lifecycle.awaitTermination(client, duration);
    }

    @Override
    public String toString() {
        return "balanced " + client + " for " + services;
    }
}
