package org.lb4j.examples;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Arrays;
import java.util.concurrent.Executors;
import org.lb4j.Lease;
import org.lb4j.Selector;
import org.lb4j.ServerPool;
import org.lb4j.algorithm.Algorithms;
import org.lb4j.sticky.Settled;
import org.lb4j.sticky.StickyCookie;
import org.lb4j.sticky.StickyVisit;

/**
 * A gateway that brings each browser back to its server, by a signed cookie; it forwards GETs only.
 *
 * <pre>
 * java -cp demo.jar org.lb4j.examples.StickyGateway 8000 http://10.0.0.1:8080 http://10.0.0.2:8080
 * </pre>
 */
public final class StickyGateway implements AutoCloseable {
    private final HttpServer http;
    private final HttpClient client = HttpClient.newHttpClient();
    private final Selector selector;
    private final StickyCookie cookies;

    /**
     * Starts it.
     *
     * @param port where it listens; 0: anywhere
     * @param pool the servers behind it
     * @throws IOException if the port is taken
     */
    public StickyGateway(int port, ServerPool pool) throws IOException {
        selector = pool.selector(Algorithms.adaptive());
        // Over https leave name and secure as they are. A key of 32 random bytes makes all gateways agree, and outlives
        // this one.
        cookies = StickyCookie.builder(pool).name("lb").secure(false).build();
        http = HttpServer.create(new InetSocketAddress(port), 0);
        http.setExecutor(Executors.newCachedThreadPool());
        http.createContext("/", this::forward);
        http.start();
    }

    /**
     * Where it listens.
     *
     * @return the port
     */
    public int port() {
        return http.getAddress().getPort();
    }

    private void forward(HttpExchange exchange) throws IOException {
        StickyVisit visit = cookies.read(exchange.getRequestHeaders().get("Cookie"));
        try (exchange;
                Lease lease = selector.acquire(visit.context())) {
            String path = exchange.getRequestURI().toString();
            HttpRequest request =
                    HttpRequest.newBuilder(lease.server().resolve(path)).build();
            HttpResponse<byte[]> response = client.send(request, BodyHandlers.ofByteArray());
            if (response.statusCode() < 500) lease.success();
            else lease.failure();
            Settled settled = visit.settle(lease.server());
            if (settled.setCookie() != null) exchange.getResponseHeaders().add("Set-Cookie", settled.setCookie());
            exchange.sendResponseHeaders(
                    response.statusCode(), response.body().length == 0 ? -1 : response.body().length);
            exchange.getResponseBody().write(response.body());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        http.stop(0);
    }

    /**
     * Runs until it is killed.
     *
     * @param arguments a port, then the servers
     * @throws IOException if the port is taken
     */
    public static void main(String[] arguments) throws IOException {
        ServerPool pool = ServerPool.of(Arrays.copyOfRange(arguments, 1, arguments.length));
        StickyGateway gateway = new StickyGateway(Integer.parseInt(arguments[0]), pool);
        System.out.println("http://127.0.0.1:" + gateway.port() + " -> " + pool);
    }
}
