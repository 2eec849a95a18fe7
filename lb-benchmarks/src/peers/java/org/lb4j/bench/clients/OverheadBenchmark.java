package org.lb4j.bench.clients;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.lb4j.ServerPool;
import org.lb4j.algorithm.Algorithms;
import org.lb4j.client.Services;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * What a wrapper adds to a call over loopback: {@code jmh OverheadBenchmark -prof gc} shows median, p99 and bytes, with and
 * without. The server is in the same process, and what it allocates is in both.
 */
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@State(Scope.Benchmark)
@SuppressWarnings("NullAway.Init") // JMH sets the parameters and calls setUp first
public class OverheadBenchmark {
    private static final byte[] BODY = new byte[100];

    /** Whose. */
    @Param
    public HttpCaller client;

    /** Whether through lb4j. */
    @Param({"false", "true"})
    public boolean wrapped;

    private HttpServer http;
    private ExecutorService workers;
    private ServerPool pool;
    private HttpCaller.Get get;

    /**
     * Starts a server and makes the client.
     *
     * @throws Exception if there is no port
     */
    @Setup
    public void setUp() throws Exception {
        System.setProperty("sun.net.httpserver.nodelay", "true"); // else 40 ms for each answer
        http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        workers = Executors.newCachedThreadPool();
        http.setExecutor(workers);
        http.createContext("/", exchange -> {
            try (exchange) {
                exchange.sendResponseHeaders(200, BODY.length);
                exchange.getResponseBody().write(BODY);
            }
        });
        http.start();
        String address = "http://127.0.0.1:" + http.getAddress().getPort();
        pool = ServerPool.of(address);
        Services services = Services.builder()
                .service("users", pool.selector(Algorithms.adaptive()))
                .build();
        get = wrapped ? client.wrapped(services, "http://users/42") : client.bare(address + "/42");
    }

    /** Stops all. */
    @TearDown
    public void tearDown() {
        http.stop(0);
        workers.shutdownNow();
        pool.close();
    }

    /**
     * One call, body read.
     *
     * @return the body
     * @throws Exception if it fails
     */
    @Benchmark
    public byte[] get() throws Exception {
        byte[] body = get.get();
        if (body.length != BODY.length) throw new IllegalStateException("body of " + body.length);
        return body;
    }
}
