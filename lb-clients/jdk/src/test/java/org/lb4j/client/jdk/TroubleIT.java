package org.lb4j.client.jdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
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
import org.lb4j.failover.Budget;
import org.lb4j.failover.Failover;
import org.lb4j.failover.Hedge;
import org.lb4j.testing.Nginx;
import org.lb4j.testing.TestServer;

/** The wrapper when callers leave, servers hang or die, and bodies and handlers are not what they should be. */
@Timeout(60)
final class TroubleIT {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final URI USERS = URI.create("http://users/42");

    private final List<TestServer> servers = new ArrayList<>();
    private final List<Outcome> ends = new CopyOnWriteArrayList<>();
    private ServerPool pool;

    @AfterEach
    void nothingIsLeftInFlight() {
        await().atMost(PATIENCE).until(() -> pool.inFlight() == 0);
        servers.forEach(TestServer::close);
    }

    @Test
    void aServerThatIsGoneCostsNoCall() throws Exception {
        HttpClient client = client(ok("a"), ok("b"), ok("c"));
        servers.get(1).close();
        for (int i = 0; i < 30; i++)
            assertThat(client.send(get(), BodyHandlers.ofString()).statusCode()).isEqualTo(200);
        for (int i = 0; i < 30; i++)
            assertThat(client.send(post(), BodyHandlers.ofString()).statusCode())
                    .isEqualTo(200);
        assertThat(servers.get(0).hits() + servers.get(2).hits()).isEqualTo(60);
    }

    @Test
    void cancellingWhatWasDerivedClosesTheConnection() throws Exception {
        HttpClient client = client((request, out) -> out.hang());
        for (Consumer<CompletableFuture<?>> leave : List.<Consumer<CompletableFuture<?>>>of(
                call -> call.cancel(false),
                call -> call.thenApply(each -> 1).cancel(true),
                call -> call.copy().cancel(false),
                call -> call.complete(null))) {
            int before = hits();
            CompletableFuture<HttpResponse<String>> call = client.sendAsync(get(), BodyHandlers.ofString());
            await().atMost(PATIENCE).until(() -> hits() == before + 1);
            leave.accept(call);
            await().atMost(PATIENCE).until(() -> servers.get(0).open() == 0);
            assertThat(pool.inFlight()).isZero();
        }
        assertThat(ends).hasSize(4).containsOnly(Outcome.CANCELLED);
    }

    @Test
    void aLimitOfTheCallersOwnEndsTheExchange() {
        HttpClient client = client((request, out) -> out.hang());
        assertThatThrownBy(() -> client.sendAsync(get(), BodyHandlers.ofString())
                        .orTimeout(100, TimeUnit.MILLISECONDS)
                        .get())
                .hasCauseInstanceOf(TimeoutException.class);
        await().atMost(PATIENCE).until(() -> servers.get(0).open() == 0);
        assertThat(ends).containsExactly(Outcome.TIMEOUT);
    }

    @Test
    void aServerThatHangsIsGivenUpForAnother() throws Exception {
        Failover failover =
                Failover.builder().attemptTimeout(Duration.ofMillis(200)).build();
        HttpClient client = client(service -> service.failover(failover), (request, out) -> out.hang(), ok("b"));
        for (int i = 0; i < 2; i++) {
            assertThat(client.send(get(), BodyHandlers.ofString()).body()).isEqualTo("b");
            assertThat(client.sendAsync(get(), BodyHandlers.ofString()).get().body())
                    .isEqualTo("b");
        }
        assertThat(ends).contains(Outcome.TIMEOUT).doesNotContain(Outcome.FAILURE);
    }

    @Test
    void aBodyThatDripsEndsAtTheWall() {
        Failover failover = Failover.builder().timeout(Duration.ofMillis(500)).build();
        HttpClient client = client(service -> service.failover(failover), (request, out) -> {
            out.head(200, 1000);
            for (int i = 0; i < 1000; i++) {
                out.write("x");
                java.util.concurrent.locks.LockSupport.parkNanos(50_000_000);
            }
        });
        assertThatThrownBy(() -> client.send(get(), BodyHandlers.ofString()))
                .isInstanceOf(HttpTimeoutException.class)
                .hasMessage("request timed out");
        assertThatThrownBy(
                        () -> client.sendAsync(get(), BodyHandlers.ofString()).get())
                .hasCauseInstanceOf(TimeoutException.class);
        assertThat(ends).containsExactly(Outcome.TIMEOUT, Outcome.TIMEOUT);
        assertThat(hits()).isEqualTo(2);
    }

    @Test
    void ourOwnFaultsBlameNoServerAndAreNotRepeated() {
        HttpClient client = client(ok("a"), ok("b"));
        assertThatThrownBy(() -> client.send(get(), info -> {
                    throw new IllegalStateException("handler");
                }))
                .hasStackTraceContaining("handler");
        HttpRequest broken = HttpRequest.newBuilder(USERS)
                .PUT(BodyPublishers.ofInputStream(() -> {
                    throw new IllegalStateException("publisher");
                }))
                .build();
        assertThatThrownBy(() -> client.send(broken, BodyHandlers.ofString())).isNotNull();
        assertThat(ends).hasSize(2).containsOnly(Outcome.CANCELLED);
    }

    @Test
    void aPublisherThatNobodyKnowsIsNotAskedTwice() {
        TestServer.Answer drop = (request, out) -> out.drop();
        HttpRequest.BodyPublisher once = BodyPublishers.fromPublisher(BodyPublishers.ofString("body"), 4);
        HttpRequest put = HttpRequest.newBuilder(USERS).PUT(once).build();
        HttpClient careful = client(drop, drop);
        assertThatThrownBy(() -> careful.send(put, BodyHandlers.ofString())).isInstanceOf(IOException.class);
        assertThat(hits()).isEqualTo(1);
    }

    @Test
    void aSlowServerIsHedged() throws Exception {
        Hedge hedge = Hedge.after(Duration.ofMillis(50)).budget(Budget.unlimited());
        Failover failover = Failover.builder().hedge(hedge).build();
        HttpClient client = client(service -> service.failover(failover), (request, out) -> out.hang(), ok("b"));
        for (int i = 0; i < 2; i++) {
            HttpResponse<String> response = client.send(get(), BodyHandlers.ofString());
            assertThat(response.body()).isEqualTo("b");
        }
        assertThat(failover.stats().hedgesWon()).isPositive();
        await().atMost(PATIENCE).until(() -> servers.get(0).open() == 0);
        assertThat(ends).contains(Outcome.CANCELLED);
    }

    @Test
    void closingOnNewJavaClosesTheWrappedClient() throws Exception {
        BalancedHttpClient client = (BalancedHttpClient) client(ok("a"));
        client.send(get(), BodyHandlers.ofString());
        client.close();
        boolean canClose = Stream.of(HttpClient.class.getMethods())
                .anyMatch(each -> each.getName().equals("close"));
        assertThat(client.isTerminated()).isEqualTo(canClose);
        assertThat(client.awaitTermination(Duration.ofSeconds(1))).isEqualTo(canClose);
    }

    @Test
    void throughNginxNoGetFailsAndNoPostIsSentTwice(@TempDir Path folder) throws Exception {
        try (Nginx one = Nginx.start(folder, 1);
                Nginx two = Nginx.start(folder, 2);
                Nginx three = Nginx.start(folder, 3)) {
            pool = ServerPool.builder()
                    .servers(one.server(), two.server(), three.server())
                    .build();
            HttpClient client = wrap(service -> {});
            int postsAnswered = 0;
            int postsLost = 0;
            for (int i = 0; i < 300; i++) {
                if (i == 100) three.kill();
                assertThat(client.send(get(), BodyHandlers.ofString()).body()).startsWith("nginx-");
                try {
                    if (client.send(post(), BodyHandlers.ofString()).statusCode() == 200) postsAnswered++;
                } catch (IOException ambiguous) {
                    postsLost++; // sent on a connection that was closed meanwhile: nobody knows, so nobody repeats
                }
            }
            assertThat(postsAnswered + postsLost).isEqualTo(300);
            assertThat(postsLost).isLessThan(3);
        }
    }

    private int hits() {
        return servers.stream().mapToInt(TestServer::hits).sum();
    }

    private static HttpRequest get() {
        return HttpRequest.newBuilder(USERS).build();
    }

    private static HttpRequest post() {
        return HttpRequest.newBuilder(USERS).POST(BodyPublishers.ofString("x")).build();
    }

    private static TestServer.Answer ok(String body) {
        return (request, out) -> out.send(200, body);
    }

    private TestServer serve(TestServer.Answer answer) {
        TestServer server = TestServer.of(answer);
        servers.add(server);
        return server;
    }

    private HttpClient client(TestServer.Answer... answers) {
        return client(service -> {}, answers);
    }

    private HttpClient client(Consumer<ServiceSettings> settings, TestServer.Answer... answers) {
        CallObserver observer = (start, answered, now, outcome) -> ends.add(outcome);
        List<Server> members =
                Stream.of(answers).map(each -> serve(each).server()).toList();
        pool = ServerPool.builder()
                .seed(1)
                .onCall(server -> observer)
                .servers(members)
                .build();
        return wrap(settings);
    }

    private HttpClient wrap(Consumer<ServiceSettings> settings) {
        HttpClient bare =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        Services services = Services.builder()
                .service("users", pool.selector(Algorithms.roundRobin()), settings)
                .build();
        return BalancedHttpClient.wrap(bare, services);
    }
}
