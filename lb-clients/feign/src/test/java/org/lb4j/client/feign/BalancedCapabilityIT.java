package org.lb4j.client.feign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import feign.AsyncFeign;
import feign.Body;
import feign.Feign;
import feign.Param;
import feign.RequestLine;
import feign.Response;
import feign.RetryableException;
import feign.Retryer;
import java.io.InputStream;
import java.net.ConnectException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.lb4j.CallObserver;
import org.lb4j.Outcome;
import org.lb4j.Server;
import org.lb4j.ServerPool;
import org.lb4j.algorithm.Algorithms;
import org.lb4j.client.ServiceSettings;
import org.lb4j.client.Services;
import org.lb4j.failover.Failover;
import org.lb4j.failover.Hedge;
import org.lb4j.testing.Nginx;
import org.lb4j.testing.RequiresProgram;
import org.lb4j.testing.TestServer;

/** What a sceptic asks of the wrapper, against real sockets; hits are counted at the servers. */
@Timeout(60)
final class BalancedCapabilityIT {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final List<TestServer> servers = new ArrayList<>();
    private final List<Outcome> ends = new CopyOnWriteArrayList<>();
    private ServerPool pool;
    private Services services;

    interface Api {
        @RequestLine("GET /{path}")
        String get(@Param("path") String path);

        @RequestLine("GET /raw")
        Response raw();

        @RequestLine("POST /")
        @Body("x")
        String post();

        @RequestLine("POST /empty")
        String postNothing();
    }

    interface AsyncApi {
        @RequestLine("GET /")
        CompletableFuture<String> get();
    }

    @AfterEach
    void nothingIsLeftInFlight() {
        await().atMost(PATIENCE).until(() -> pool.inFlight() == 0);
        servers.forEach(TestServer::close);
    }

    @Test
    void callsAreSpreadAndTheResponseTellsWhoAnswered() {
        Api api = start(ok("a"), ok("b"));
        Map<String, Integer> answers = new HashMap<>();
        for (int i = 0; i < 10; i++) answers.merge(api.get("a b"), 1, Integer::sum);
        assertThat(answers).containsEntry("a", 5).containsEntry("b", 5);
        assertThat(servers.get(0).requests())
                .extracting(TestServer.Request::target)
                .containsOnly("/a%20b");
        try (Response response = api.raw()) {
            assertThat(response.headers().get(Services.SERVER_HEADER)).hasSize(1);
            assertThat(response.headers().get(Services.ATTEMPTS_HEADER)).containsExactly("1");
            assertThat(response.request().url()).isEqualTo("http://users/raw");
        }
    }

    @Test
    void otherHostsPassThroughUntouched() {
        start(ok("a"));
        TestServer other = serve(ok("other"));
        Api api = builder().target(Api.class, "http://" + other.server().hostPort());
        assertThat(api.get("x")).isEqualTo("other");
        assertThat(ends).isEmpty();
    }

    @Test
    void aServerThatIsGoneCostsNoCall() {
        Api api = start(ok("a"), ok("b"), ok("c"));
        servers.get(1).close();
        for (int i = 0; i < 30; i++) assertThat(api.get("x")).isNotEmpty();
        for (int i = 0; i < 30; i++) assertThat(api.post()).isNotEmpty();
        assertThat(hits()).isEqualTo(60);
    }

    @Test
    void whatMayHaveBeenProcessedIsNotPostedTwice() {
        TestServer.Answer drop = (request, out) -> out.drop();
        Api api = start(drop, drop);
        assertThatThrownBy(api::post).isInstanceOf(RetryableException.class);
        assertThat(hits()).isEqualTo(1);
        assertThatThrownBy(api::postNothing).isInstanceOf(RetryableException.class);
        assertThat(hits()).isEqualTo(2);
        assertThat(ends).containsExactly(Outcome.FAILURE, Outcome.FAILURE);
    }

    @Test
    void aStatusToRepeatLeadsToAnotherServer() {
        Api api = start(service -> service.repeatOnStatus(503), (request, out) -> out.send(503, "busy"), ok("b"));
        for (int i = 0; i < 4; i++) assertThat(api.get("x")).isEqualTo("b");
        assertThat(ends).contains(Outcome.FAILURE);
    }

    @Test
    void aBodyIsInFlightUntilItIsReadOrClosed() throws Exception {
        Api api = start((request, out) -> out.send(200, "x".repeat(500_000)));
        try (Response response = api.raw()) {
            try (InputStream body = response.body().asInputStream()) {
                assertThat(body.read()).isEqualTo('x');
                assertThat(pool.inFlight()).isEqualTo(1);
            }
            assertThat(pool.inFlight()).isZero();
        }
        assertThat(api.get("x")).hasSize(500_000);
        assertThat(ends).containsExactly(Outcome.SUCCESS, Outcome.SUCCESS);
    }

    /** On Java 17 HttpURLConnection says nothing of it. */
    @Test
    void aBodyThatIsCutShortIsAFailure() throws Exception {
        Api api = start((request, out) -> {
            out.head(200, 10);
            out.write("abc");
            out.drop();
        });
        try (Response response = api.raw();
                InputStream body = response.body().asInputStream()) {
            body.readAllBytes();
        } catch (java.io.IOException | feign.FeignException asItShouldBe) {
            assertThat(Runtime.version().feature()).isGreaterThan(17);
        }
        assertThat(ends).containsExactly(Outcome.FAILURE);
        assertThat(hits()).isEqualTo(1);
    }

    @Test
    void aServerThatHangsIsGivenUpForAnother() {
        Failover failover =
                Failover.builder().attemptTimeout(Duration.ofMillis(300)).build();
        Api api = start(service -> service.failover(failover), (request, out) -> out.hang(), ok("b"));
        for (int i = 0; i < 2; i++) assertThat(api.get("x")).isEqualTo("b");
        assertThat(ends).contains(Outcome.TIMEOUT).doesNotContain(Outcome.FAILURE);
    }

    @Test
    void aServerCanNotPretendToBeAnother() {
        Api api = start((request, out) -> out.send(200, "a", "lb4j-server: forged"));
        try (Response response = api.raw()) {
            assertThat(response.headers().get("lb4j-server"))
                    .containsExactly(servers.get(0).server().id());
        }
    }

    @Test
    void withoutAServerTheCallerSeesAConnectException() {
        pool = ServerPool.of(List.of());
        Api api = target(service -> {});
        assertThatThrownBy(() -> api.get("x"))
                .hasCauseInstanceOf(ConnectException.class)
                .hasMessageStartingWith("users: no server: 0 known");
    }

    @Test
    void servicesThatHedgeNeedAnAsynchronousClient() throws Exception {
        Hedge hedge = Hedge.after(Duration.ofMillis(50));
        Failover hedging = Failover.builder().hedge(hedge).build();
        start(service -> service.failover(Failover.none()), ok("a"));
        services = Services.builder()
                .service("users", pool.selector(Algorithms.roundRobin()), service -> service.failover(hedging))
                .build();
        assertThatThrownBy(() -> builder().target(Api.class, "http://users"))
                .hasStackTraceContaining("service \"users\" hedges, which needs an asynchronous client");
    }

    @Test
    void asynchronousCallsGoOnToAnotherServerToo() throws Exception {
        start((request, out) -> out.send(503, "busy"), ok("b"));
        services = Services.builder()
                .service("users", pool.selector(Algorithms.roundRobin()), service -> service.repeatOnStatus(503))
                .build();
        AsyncApi api = AsyncFeign.builder()
                .addCapability(BalancedCapability.of(services))
                .target(AsyncApi.class, "http://users");
        for (int i = 0; i < 4; i++) assertThat(api.get().get()).isEqualTo("b");
    }

    /** nginx closes each connection after five requests; one of three is killed under way. */
    @RequiresProgram("nginx")
    @Test
    void throughNginxNoGetFails(@TempDir Path folder) throws Exception {
        try (Nginx one = Nginx.start(folder, 1);
                Nginx two = Nginx.start(folder, 2);
                Nginx three = Nginx.start(folder, 3)) {
            pool = pool(List.of(one.server(), two.server(), three.server()));
            Api api = target(service -> {});
            for (int i = 0; i < 300; i++) {
                if (i == 100) three.kill();
                assertThat(api.get("x")).startsWith("nginx-");
            }
        }
    }

    private int hits() {
        return servers.stream().mapToInt(TestServer::hits).sum();
    }

    private static TestServer.Answer ok(String body) {
        return (request, out) -> out.send(200, body);
    }

    private TestServer serve(TestServer.Answer answer) {
        TestServer server = TestServer.of(answer);
        servers.add(server);
        return server;
    }

    private Api start(TestServer.Answer... answers) {
        return start(service -> {}, answers);
    }

    private Api start(Consumer<ServiceSettings> settings, TestServer.Answer... answers) {
        pool = pool(Stream.of(answers).map(each -> serve(each).server()).toList());
        return target(settings);
    }

    private ServerPool pool(List<Server> members) {
        CallObserver observer = (start, answered, now, outcome) -> ends.add(outcome);
        return ServerPool.builder()
                .seed(1)
                .onCall(server -> observer)
                .servers(members)
                .build();
    }

    private Api target(Consumer<ServiceSettings> settings) {
        services = Services.builder()
                .service("users", pool.selector(Algorithms.roundRobin()), settings)
                .build();
        return builder().target(Api.class, "http://users");
    }

    private Feign.Builder builder() {
        return Feign.builder().retryer(Retryer.NEVER_RETRY).addCapability(BalancedCapability.of(services));
    }
}
