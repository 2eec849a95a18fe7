package org.lb4j.client.testing;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.lb4j.Algorithm;
import org.lb4j.CallObserver;
import org.lb4j.Outcome;
import org.lb4j.Server;
import org.lb4j.ServerPool;
import org.lb4j.algorithm.Algorithms;
import org.lb4j.client.ServiceSettings;
import org.lb4j.client.Services;
import org.lb4j.testing.TestServer;

/**
 * Servers that count what reaches them, the service {@code users} made of them, and how its calls ended.
 *
 * <pre>{@code
 * try (Fleet fleet = new Fleet()) {
 *     Services services = fleet.start(Fleet.ok("a"), Fleet.ok("b"));
 *     call(services, "http://users/");
 *     assertThat(fleet.hits()).isEqualTo(1);
 * }
 * }</pre>
 */
public final class Fleet implements AutoCloseable {
    /** How long a test waits for what must happen some time. */
    public static final Duration PATIENCE = Duration.ofSeconds(20);

    private static final Duration POLL = Duration.ofMillis(5);

    private final List<TestServer> servers = new ArrayList<>();
    private final List<Outcome> ends = new CopyOnWriteArrayList<>();
    private ServerPool pool = ServerPool.of(List.of());

    /**
     * An answer that is well.
     *
     * @param body with status 200
     * @return it
     */
    public static TestServer.Answer ok(String body) {
        return (request, out) -> out.send(200, body);
    }

    /**
     * An answer with another status.
     *
     * @param status such as 503
     * @return it, with a body
     */
    public static TestServer.Answer bad(int status) {
        return (request, out) -> out.send(status, "sorry");
    }

    /**
     * No answer: the connection ends.
     *
     * @return it
     */
    public static TestServer.Answer drop() {
        return (request, out) -> out.drop();
    }

    /**
     * No answer at all.
     *
     * @return it
     */
    public static TestServer.Answer hang() {
        return (request, out) -> out.hang();
    }

    /**
     * Starts a server that is in no pool so far.
     *
     * @param answer what it does
     * @return the server
     */
    public TestServer serve(TestServer.Answer answer) {
        return add(TestServer.of(answer));
    }

    /**
     * Takes a server that was started elsewhere, to be closed with the others.
     *
     * @param server in no pool so far
     * @return the same one
     */
    public TestServer add(TestServer server) {
        servers.add(server);
        return server;
    }

    /**
     * Starts servers and makes a service of them.
     *
     * @param answers one a server
     * @return the service {@code users}
     */
    public Services start(TestServer.Answer... answers) {
        return start(service -> {}, answers);
    }

    /**
     * Starts servers and makes a service of them.
     *
     * @param settings of the service
     * @param answers one a server
     * @return the service {@code users}
     */
    public Services start(Consumer<ServiceSettings> settings, TestServer.Answer... answers) {
        return of(settings, Stream.of(answers).map(each -> serve(each).server()).toList());
    }

    /**
     * Makes a service.
     *
     * @param settings of the service
     * @param members its servers
     * @return the service {@code users}, round robin
     */
    public Services of(Consumer<ServiceSettings> settings, List<Server> members) {
        CallObserver observer = (start, answered, now, outcome) -> ends.add(outcome);
        pool = ServerPool.builder()
                .seed(1)
                .onCall(server -> observer)
                .servers(members)
                .build();
        return services(settings);
    }

    /**
     * The same servers under other settings.
     *
     * @param settings of the service
     * @return the service {@code users}, round robin
     */
    public Services services(Consumer<ServiceSettings> settings) {
        return services(Algorithms.roundRobin(), settings);
    }

    /**
     * The same servers under other settings.
     *
     * @param algorithm which one picks
     * @param settings of the service
     * @return the service {@code users}
     */
    public Services services(Algorithm algorithm, Consumer<ServiceSettings> settings) {
        return Services.builder()
                .service("users", pool.selector(algorithm), settings)
                .build();
    }

    /**
     * The servers.
     *
     * @return in the order in which they were started
     */
    public List<TestServer> servers() {
        return servers;
    }

    /**
     * One of the servers.
     *
     * @param number from 0
     * @return it
     */
    public TestServer server(int number) {
        return servers.get(number);
    }

    /**
     * The pool of the service.
     *
     * @return empty until there is one
     */
    public ServerPool pool() {
        return pool;
    }

    /**
     * How calls ended.
     *
     * @return one verdict a lease
     */
    public List<Outcome> ends() {
        return ends;
    }

    /**
     * Ends a server; a thread that waits in accept() keeps its port for a moment.
     *
     * @param number from 0
     */
    public void kill(int number) {
        TestServer server = servers.get(number);
        server.close();
        until(() -> refuses(server.server()));
    }

    /** Most often it is so at once, and an IT has many of these. */
    private static void until(Callable<Boolean> reached) {
        await().atMost(PATIENCE).pollDelay(Duration.ZERO).pollInterval(POLL).until(reached);
    }

    private static boolean refuses(Server server) {
        try (Socket socket = new Socket(server.host(), server.port())) {
            return !socket.isConnected();
        } catch (IOException refused) {
            return true;
        }
    }

    /**
     * Requests that reached the servers.
     *
     * @return of all of them
     */
    public int hits() {
        return servers.stream().mapToInt(TestServer::hits).sum();
    }

    /**
     * Waits until a server has been hit so often.
     *
     * @param count how often, all servers together
     */
    public void awaitHits(int count) {
        until(() -> hits() == count);
    }

    /**
     * Waits until nobody is connected to a server.
     *
     * @param number from 0
     */
    public void awaitLeft(int number) {
        until(() -> servers.get(number).open() == 0);
    }

    /** Waits until nothing is in flight. */
    public void awaitIdle() {
        until(() -> pool.inFlight() == 0);
    }

    /** Whatever a test did, nothing is left in flight. */
    @Override
    public void close() {
        awaitIdle();
        servers.forEach(TestServer::close);
    }
}
