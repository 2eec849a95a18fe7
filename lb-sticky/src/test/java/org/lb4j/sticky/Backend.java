package org.lb4j.sticky;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.lb4j.Server;

/** A server that answers with its name; under /login it gives each visitor a JSESSIONID, and knows none but its own; /logout takes it away. */
final class Backend implements AutoCloseable {
    private final String name;
    private final HttpServer http;
    private final AtomicInteger hits = new AtomicInteger();
    private final Set<String> sessions = ConcurrentHashMap.newKeySet();

    Backend(String name) throws IOException {
        this.name = name;
        this.http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        http.createContext("/", this::answer);
        http.start();
    }

    Server server() {
        return Server.builder("http://" + http.getAddress().getHostString() + ":"
                        + http.getAddress().getPort())
                .id(name)
                .build();
    }

    int hits() {
        return hits.get();
    }

    private void answer(HttpExchange exchange) throws IOException {
        hits.incrementAndGet();
        if (exchange.getRequestURI().getPath().equals("/login")) greet(exchange);
        if (exchange.getRequestURI().getPath().equals("/logout"))
            exchange.getResponseHeaders().add("Set-Cookie", "JSESSIONID=; Max-Age=0");
        byte[] body = name.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private void greet(HttpExchange exchange) {
        String cookie = exchange.getRequestHeaders().getFirst("Cookie");
        if (cookie != null && sessions.contains(cookie)) return;
        String id = "JSESSIONID=" + name + "-" + sessions.size();
        sessions.add(id);
        exchange.getResponseHeaders().add("Set-Cookie", id);
    }

    @Override
    public void close() {
        http.stop(0);
    }
}
