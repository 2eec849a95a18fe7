package org.lb4j.examples.demo;

import java.net.http.HttpClient;
import java.time.Duration;
import java.util.List;
import org.lb4j.SelectionContext;
import org.lb4j.Server;
import org.lb4j.ServerPool;
import org.lb4j.client.Services;
import org.lb4j.client.jdk.BalancedHttpClient;
import org.lb4j.failover.Failover;
import org.lb4j.health.HealthChecker;
import org.lb4j.health.HttpProbe;
import org.lb4j.health.OutlierDetector;
import org.lb4j.health.OutlierSettings;
import org.lb4j.shape.Shapers;

/** Six servers, the pool over them, who watches it, and the client that calls through it: all that an application sets up. */
final class Fleet implements AutoCloseable {
    final List<DemoServer> servers = List.of(
            new DemoServer("fast-1", 10, 0),
            new DemoServer("fast-2", 10, 0),
            new DemoServer("slow", 60, 0),
            new DemoServer("flaky", 10, 0.3),
            new DemoServer("dying", 10, 0),
            new DemoServer("draining", 10, 0));

    final Tally tally = new Tally();
    final ServerPool pool;
    final SwitchedSelector selector;
    final Failover failover = Failover.defaults();
    final HttpClient client;
    private final HealthChecker checker;
    private final OutlierDetector detector;

    /** Everything is quicker than by default, so that there is something to see. */
    Fleet(Choice algorithm, Diary diary) {
        pool = ServerPool.builder()
                .name("users")
                .servers(servers.stream().map(DemoServer::server).toArray(Server[]::new))
                .shaper(Shapers.slowStart(Duration.ofSeconds(3)))
                .onCall(tally)
                .build();
        checker = HealthChecker.builder(pool, HttpProbe.get("/health"))
                .interval(Duration.ofMillis(500))
                .transitionalInterval(Duration.ofMillis(200))
                .timeout(Duration.ofMillis(400))
                .listener(diary::write)
                .start();
        detector = OutlierDetector.builder(pool)
                .settings(OutlierSettings.defaults().withEjection(Duration.ofSeconds(3), Duration.ofSeconds(30)))
                .listener(diary::write)
                .start();
        selector = new SwitchedSelector(pool, algorithm);
        Services services = Services.builder()
                .service(
                        "users",
                        selector,
                        of -> of.failover(failover)
                                .repeatOnStatus(500)
                                .context(request -> SelectionContext.key(String.valueOf(request.header("X-User")))))
                .build();
        client = BalancedHttpClient.wrap(HttpClient.newHttpClient(), services);
    }

    DemoServer named(String name) {
        return servers.stream()
                .filter(server -> server.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Override
    public void close() {
        detector.close();
        checker.close();
        pool.close();
        servers.forEach(DemoServer::stop);
    }
}
