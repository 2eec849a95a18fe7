package org.lb4j.client.okhttp;

import okhttp3.Dns;
import okhttp3.Interceptor;
import okhttp3.OkHttp;
import okhttp3.OkHttpClient;
import org.lb4j.client.Services;

/**
 * OkHttp with services: a request to a logical host goes to one of its servers, and to another one if that fails and the
 * request may be repeated. All other hosts pass through untouched. Retrofit: {@code .client(client).baseUrl("http://users/")}.
 *
 * <pre>{@code
 * OkHttpClient client = BalancedOkHttp.install(new OkHttpClient.Builder(), services).build();
 * try (Response user = client.newCall(new Request.Builder().url("http://users/42").build()).execute()) {
 *     Server server = user.request().tag(Server.class);
 * }
 * }</pre>
 *
 * <p>Servers with an IP address see the service's name as Host and in TLS, and connections to them are pooled per server. Of
 * balanced calls OkHttp repeats nothing by itself. An attempt's timeout lowers the connect and read timeouts, which OkHttp
 * applies to each read: the wall of a whole call is OkHttp's own {@code callTimeout}. A WebSocket is balanced and counted
 * until it is open.
 */
public final class BalancedOkHttp {
    private BalancedOkHttp() {}

    /**
     * Installs the services; last, so that interceptors given before see each call once, and those given later each attempt.
     *
     * @param builder the client's
     * @param services the logical hosts
     * @return the builder
     * @throws IllegalArgumentException if a service hedges, or OkHttp is too old
     */
    public static OkHttpClient.Builder install(OkHttpClient.Builder builder, Services services) {
        services.requireNoHedging();
        requireDnsPerCall();
        return builder.addInterceptor(new Balancer(services)).addNetworkInterceptor(new RetryAfter.Hide());
    }

    private static void requireDnsPerCall() {
        try {
            Interceptor.Chain.class.getMethod("withDns", Dns.class);
        } catch (NoSuchMethodException old) {
            throw new IllegalArgumentException("OkHttp 5.4 or newer is needed, found " + OkHttp.VERSION, old);
        }
    }
}
