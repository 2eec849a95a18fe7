package org.lb4j.examples.demo;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.lb4j.Server;

/** A real HTTP server with eight workers: more than they can do at once waits in a queue, as everywhere. */
final class DemoServer {
    private static final int WORKERS = 8;
    private static final byte[] BODY = {'o', 'k'};

    private final String name;
    private final int millis;
    private final double failing;
    private final int port;
    private volatile boolean broken;
    private @Nullable HttpServer listening;
    private @Nullable ExecutorService workers;

    /**
     * @param millis how long a call takes, give or take a half
     * @param failing the share of calls that fail, at once
     */
    DemoServer(String name, int millis, double failing) {
        this.name = name;
        this.millis = millis;
        this.failing = failing;
        this.port = listen(0);
    }

    String name() {
        return name;
    }

    Server server() {
        return Server.builder("http://127.0.0.1:" + port).id(name).build();
    }

    /** Whether every call to it fails. */
    boolean broken() {
        return broken;
    }

    void breakOrMend() {
        broken = !broken;
    }

    synchronized void start() {
        if (listening == null) listen(port);
    }

    synchronized void stop() {
        if (listening == null || workers == null) return;
        listening.stop(0);
        workers.shutdownNow();
        listening = null;
        workers = null;
    }

    private synchronized int listen(int at) {
        try {
            HttpServer http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), at), 0);
            ExecutorService pool = Executors.newFixedThreadPool(WORKERS, task -> {
                Thread thread = new Thread(task, name);
                thread.setDaemon(true);
                return thread;
            });
            http.setExecutor(pool);
            http.createContext("/health", exchange -> answer(exchange, 200));
            http.createContext("/", this::work);
            http.start();
            listening = http;
            workers = pool;
            return http.getAddress().getPort();
        } catch (IOException e) {
            throw new UncheckedIOException(name + " can not listen", e);
        }
    }

    private void work(HttpExchange exchange) throws IOException {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        if (broken || random.nextDouble() < failing) {
            answer(exchange, 500); // in no time: the fastest server is the one that fails
            return;
        }
        try {
            Thread.sleep(millis / 2 + random.nextInt(millis + 1));
        } catch (InterruptedException stopped) {
            exchange.close();
            return;
        }
        answer(exchange, 200);
    }

    private static void answer(HttpExchange exchange, int status) throws IOException {
        try (exchange) {
            exchange.sendResponseHeaders(status, BODY.length);
            exchange.getResponseBody().write(BODY);
        }
    }
}
