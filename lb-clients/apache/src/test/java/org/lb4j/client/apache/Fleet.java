package org.lb4j.client.apache;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.lb4j.CallObserver;
import org.lb4j.Outcome;
import org.lb4j.Server;
import org.lb4j.ServerPool;
import org.lb4j.algorithm.Algorithms;
import org.lb4j.client.ServiceSettings;
import org.lb4j.client.Services;
import org.lb4j.testing.TestServer;

/** Servers that count what reaches them, the service made of them, and how its calls ended. */
final class Fleet implements AutoCloseable {
    static final Duration PATIENCE = Duration.ofSeconds(20);

    final List<TestServer> servers = new ArrayList<>();
    final List<Outcome> ends = new CopyOnWriteArrayList<>();
    ServerPool pool;

    static TestServer.Answer ok(String body) {
        return (request, out) -> out.send(200, body);
    }

    TestServer serve(TestServer.Answer answer) {
        TestServer server = TestServer.of(answer);
        servers.add(server);
        return server;
    }

    Services start(Consumer<ServiceSettings> settings, TestServer.Answer... answers) {
        return of(settings, Stream.of(answers).map(each -> serve(each).server()).toList());
    }

    Services of(Consumer<ServiceSettings> settings, List<Server> members) {
        CallObserver observer = (start, answered, now, outcome) -> ends.add(outcome);
        pool = ServerPool.builder()
                .seed(1)
                .onCall(server -> observer)
                .servers(members)
                .build();
        return services(settings);
    }

    Services services(Consumer<ServiceSettings> settings) {
        return Services.builder()
                .service("users", pool.selector(Algorithms.roundRobin()), settings)
                .build();
    }

    /** Ends a server; a thread that waits in accept() keeps its port for a moment. */
    void kill(int number) {
        TestServer server = servers.get(number);
        server.close();
        await().atMost(PATIENCE).until(() -> refuses(server.server()));
    }

    private static boolean refuses(Server server) {
        try (Socket socket = new Socket(server.host(), server.port())) {
            return !socket.isConnected();
        } catch (IOException refused) {
            return true;
        }
    }

    int hits() {
        return servers.stream().mapToInt(TestServer::hits).sum();
    }

    void awaitIdle() {
        await().atMost(PATIENCE).until(() -> pool.inFlight() == 0);
    }

    /** Whatever a test did, nothing is left in flight. */
    @Override
    public void close() {
        awaitIdle();
        servers.forEach(TestServer::close);
    }
}
