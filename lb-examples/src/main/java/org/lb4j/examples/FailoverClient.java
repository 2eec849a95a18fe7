package org.lb4j.examples;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import org.lb4j.SelectionContext;
import org.lb4j.Selector;
import org.lb4j.ServerPool;
import org.lb4j.algorithm.Algorithms;
import org.lb4j.failover.Failover;
import org.lb4j.failover.Repeat;

/**
 * A client that tries one server after another until one answers, with any HTTP client and no wrapper.
 *
 * <pre>
 * java -cp demo.jar org.lb4j.examples.FailoverClient /users/42 http://10.0.0.1:8080 http://10.0.0.2:8080
 * </pre>
 */
public final class FailoverClient {
    private final HttpClient http = HttpClient.newHttpClient();
    private final Selector selector;
    private final Failover failover =
            Failover.builder().untilAllTried().timeout(Duration.ofSeconds(5)).build();

    /**
     * A client of some servers.
     *
     * @param pool the servers
     */
    public FailoverClient(ServerPool pool) {
        selector = pool.selector(Algorithms.roundRobin());
    }

    /**
     * Gets what is there.
     *
     * @param path with its query
     * @return the body
     * @throws Exception the last server's, if none answered
     */
    public String get(String path) throws Exception {
        return failover.call(selector, SelectionContext.none(), Repeat.FREELY, attempt -> {
            URI uri = attempt.server().resolve(path);
            HttpRequest request =
                    HttpRequest.newBuilder(uri).timeout(attempt.timeLeft()).build();
            var response = http.send(request, BodyHandlers.ofString());
            if (response.statusCode() >= 500) throw new IOException(uri + " answered " + response.statusCode());
            return response.body();
        });
    }

    /**
     * Gets one thing.
     *
     * @param arguments a path, then the servers
     * @throws Exception if no server answered
     */
    public static void main(String[] arguments) throws Exception {
        String[] servers = java.util.Arrays.copyOfRange(arguments, 1, arguments.length);
        try (ServerPool pool = ServerPool.of(servers)) {
            System.out.println(new FailoverClient(pool).get(arguments[0]));
        }
    }
}
