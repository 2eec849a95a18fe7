package org.lb4j.sticky;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.function.Function;
import javax.net.ssl.SSLContext;
import org.lb4j.Lease;
import org.lb4j.SelectionContext;
import org.lb4j.Selector;
import org.lb4j.Server;
import org.lb4j.ServerPool;
import org.lb4j.algorithm.Algorithms;

/** A gateway: one request at a time, at most three attempts. */
final class Gateway implements AutoCloseable {
    private final Selector selector;
    private final HttpClient client = HttpClient.newHttpClient();
    private final HttpServer http;

    /** By our cookie. */
    Gateway(ServerPool pool, StickyCookie cookies) throws IOException {
        this(pool, cookies, null);
    }

    /**
     * By our cookie.
     *
     * @param tls null: plain http
     */
    Gateway(ServerPool pool, StickyCookie cookies, SSLContext tls) throws IOException {
        this(
                pool,
                tls,
                exchange -> cookies.read(exchange.getRequestHeaders().get("Cookie")),
                (request, response, server) -> {});
    }

    /** By the servers' own JSESSIONID. */
    Gateway(ServerPool pool, StickySessions sessions) throws IOException {
        this(
                pool,
                null,
                exchange -> sessions.visit(exchange.getRequestHeaders().get("Cookie"), "JSESSIONID"),
                (request, response, server) -> sessions.learn(
                        request.get("Cookie"), response.headers().allValues("Set-Cookie"), "JSESSIONID", server));
    }

    private interface Learning {
        void learn(Headers request, HttpResponse<byte[]> response, Server server);
    }

    private Gateway(ServerPool pool, SSLContext tls, Function<HttpExchange, StickyVisit> visits, Learning learning)
            throws IOException {
        selector = pool.selector(Algorithms.roundRobin());
        http = server(tls);
        http.createContext("/", exchange -> {
            try (exchange) {
                serve(exchange, visits.apply(exchange), learning);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        http.start();
    }

    private static HttpServer server(SSLContext tls) throws IOException {
        InetSocketAddress anyPort = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        if (tls == null) return HttpServer.create(anyPort, 0);
        HttpsServer https = HttpsServer.create(anyPort, 0);
        https.setHttpsConfigurator(new HttpsConfigurator(tls));
        return https;
    }

    URI uri() {
        String scheme = http instanceof HttpsServer ? "https://" : "http://";
        return URI.create(scheme + http.getAddress().getHostString() + ":"
                + http.getAddress().getPort() + "/");
    }

    private void serve(HttpExchange exchange, StickyVisit visit, Learning learning)
            throws IOException, InterruptedException {
        SelectionContext context = visit.context();
        for (int attempt = 1; ; attempt++) {
            try (Lease lease = selector.acquire(context)) {
                try {
                    HttpResponse<byte[]> response = send(exchange, lease.server());
                    lease.success();
                    learning.learn(exchange.getRequestHeaders(), response, lease.server());
                    answer(exchange, response, visit.settle(lease.server()));
                    return;
                } catch (IOException unreachable) {
                    if (attempt == 3) throw unreachable;
                    context = visit.retry(lease.server(), unreachable);
                }
            }
        }
    }

    private HttpResponse<byte[]> send(HttpExchange exchange, Server server) throws IOException, InterruptedException {
        URI uri = server.resolve(exchange.getRequestURI().toString());
        HttpRequest.Builder request = HttpRequest.newBuilder(uri);
        for (String cookie : exchange.getRequestHeaders().getOrDefault("Cookie", List.of()))
            request.header("Cookie", cookie);
        return client.send(request.build(), BodyHandlers.ofByteArray());
    }

    private static void answer(HttpExchange exchange, HttpResponse<byte[]> response, Settled settled)
            throws IOException {
        for (String own : response.headers().allValues("Set-Cookie"))
            exchange.getResponseHeaders().add("Set-Cookie", own);
        if (settled.setCookie() != null) exchange.getResponseHeaders().add("Set-Cookie", settled.setCookie());
        exchange.sendResponseHeaders(response.statusCode(), response.body().length);
        exchange.getResponseBody().write(response.body());
    }

    @Override
    public void close() {
        http.stop(0);
    }
}
