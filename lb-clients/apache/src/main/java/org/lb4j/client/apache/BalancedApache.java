package org.lb4j.client.apache;

import org.apache.hc.client5.http.HttpRequestRetryStrategy;
import org.apache.hc.client5.http.impl.ChainElement;
import org.apache.hc.client5.http.impl.DefaultHttpRequestRetryStrategy;
import org.apache.hc.client5.http.impl.async.HttpAsyncClientBuilder;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.jspecify.annotations.Nullable;
import org.lb4j.Server;
import org.lb4j.client.Services;

/**
 * Apache HttpClient 5 with services: a request to a logical host goes to one of its servers, and to another one if that fails
 * and the request may be repeated. All other hosts pass through untouched.
 *
 * <pre>{@code
 * CloseableHttpClient client = BalancedApache.install(HttpClients.custom(), services).build();
 * String user = client.execute(new HttpGet("http://users/42"), response -> EntityUtils.toString(response.getEntity()));
 * }</pre>
 *
 * <p>Servers with an IP address see the service's name as Host and in TLS, and connections to them are pooled per server: mind
 * HttpClient's own limits, 5 connections a server and 25 in all. A full pool is no server's fault: nothing is repeated and nobody
 * is blamed. Of balanced calls HttpClient repeats nothing by itself; by default it would repeat a POST that was answered by 429
 * or 503. A redirect to a service's name is balanced again.
 */
public final class BalancedApache {
    /** The attribute of the context that has the {@link Server} which answered. */
    public static final String SERVER_ATTRIBUTE = "lb4j.server";

    private static final String NAME = "lb4j";

    private BalancedApache() {}

    /**
     * Installs the services in a classic client; for other hosts it repeats as HttpClient does by default.
     *
     * @param builder the client's
     * @param services the logical hosts
     * @return the builder
     * @throws IllegalArgumentException if a service hedges
     */
    public static HttpClientBuilder install(HttpClientBuilder builder, Services services) {
        return install(builder, services, DefaultHttpRequestRetryStrategy.INSTANCE);
    }

    /**
     * Installs the services in a classic client.
     *
     * @param builder the client's
     * @param services the logical hosts
     * @param others what is repeated for other hosts; a builder can not be asked for it
     * @return the builder
     * @throws IllegalArgumentException if a service hedges
     */
    public static HttpClientBuilder install(
            HttpClientBuilder builder, Services services, HttpRequestRetryStrategy others) {
        services.requireNoHedging();
        return builder.setRetryStrategy(new OtherHosts(others))
                .addRequestInterceptorLast(Watch::head)
                .addExecInterceptorBefore(ChainElement.PROTOCOL.name(), NAME, new Balancer(services));
    }

    /**
     * Installs the services in an asynchronous client; for other hosts it repeats as HttpClient does by default.
     *
     * @param builder the client's
     * @param services the logical hosts
     * @return the builder
     */
    public static HttpAsyncClientBuilder install(HttpAsyncClientBuilder builder, Services services) {
        return install(builder, services, DefaultHttpRequestRetryStrategy.INSTANCE);
    }

    /**
     * Installs the services in an asynchronous client.
     *
     * @param builder the client's
     * @param services the logical hosts
     * @param others what is repeated for other hosts; a builder can not be asked for it
     * @return the builder
     */
    public static HttpAsyncClientBuilder install(
            HttpAsyncClientBuilder builder, Services services, HttpRequestRetryStrategy others) {
        return builder.setRetryStrategy(new OtherHosts(others))
                .addRequestInterceptorLast(Watch::head)
                .addExecInterceptorBefore(ChainElement.PROTOCOL.name(), NAME, new AsyncBalancer(services));
    }

    /**
     * Who gave a response.
     *
     * @param context that the request was executed with
     * @return the server; null: the call was not balanced
     */
    public static @Nullable Server serverOf(HttpContext context) {
        return (Server) context.getAttribute(SERVER_ATTRIBUTE);
    }
}
