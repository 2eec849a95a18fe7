package org.lb4j.client.jdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.ProtocolException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.lb4j.CallObserver;
import org.lb4j.Outcome;
import org.lb4j.Server;
import org.lb4j.ServerPool;
import org.lb4j.algorithm.Algorithms;
import org.lb4j.client.ServiceSettings;
import org.lb4j.client.Services;
import org.lb4j.failover.FailedAttempts;
import org.lb4j.testing.RequiresProgram;
import org.lb4j.testing.TestServer;

/** What a sceptic asks of the wrapper, against real sockets; hits are counted at the servers. */
@Timeout(60)
final class BalancedHttpClientIT {
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
    void callsAreSpreadAndTheResponseTellsWhoAnswered() throws Exception {
        HttpClient client = client(ok("a"), ok("b"));
        Map<String, Integer> answers = new HashMap<>();
        for (int i = 0; i < 10; i++) {
            HttpResponse<String> response = client.send(get(), BodyHandlers.ofString());
            answers.merge(response.body(), 1, Integer::sum);
            String expected =
                    servers.get(response.body().equals("a") ? 0 : 1).server().id();
            assertThat(BalancedHttpClient.serverOf(response)).isEqualTo(expected);
            assertThat(response.headers().firstValue(Services.ATTEMPTS_HEADER)).hasValue("1");
            assertThat(response.request()).isEqualTo(get());
        }
        assertThat(answers).containsEntry("a", 5).containsEntry("b", 5);
        assertThat(servers).extracting(TestServer::hits).containsExactly(5, 5);
        assertThat(servers).extracting(TestServer::connections).containsExactly(1, 1); // reused, as ever
    }

    @Test
    void otherHostsPassThroughUntouched() throws Exception {
        HttpClient client = client(ok("a"));
        TestServer other = serve(ok("other"));
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("http://" + other.server().hostPort() + "/x?y=%20"))
                .build();
        HttpResponse<String> response = client.send(request, BodyHandlers.ofString());
        assertThat(response.request()).isEqualTo(request);
        assertThat(BalancedHttpClient.serverOf(response)).isNull();
        assertThat(client.sendAsync(request, BodyHandlers.ofString()).get().body())
                .isEqualTo("other");
        assertThat(other.requests()).extracting(TestServer.Request::target).containsOnly("/x?y=%20");
        assertThat(ends).isEmpty();
    }

    @Test
    void pathQueryHeadersAndBodyArriveAsTheyWereGiven() throws Exception {
        HttpClient client = client(ok("a"));
        client.send(
                HttpRequest.newBuilder(URI.create("http://users/a%2Fb?a=b%20c"))
                        .header("X-Mine", "1")
                        .POST(BodyPublishers.ofString("body"))
                        .build(),
                BodyHandlers.ofString());
        TestServer.Request arrived = servers.get(0).requests().get(0);
        assertThat(arrived.target()).isEqualTo("/a%2Fb?a=b%20c");
        assertThat(arrived.body()).isEqualTo("body");
        assertThat(arrived.headers()).containsEntry("x-mine", "1").doesNotContainKey("lb4j-server");
    }

    @Test
    void whatMayHaveBeenProcessedIsNotPostedTwice() throws Exception {
        TestServer.Answer drop = (request, out) -> out.drop();
        HttpClient client = client(drop, drop);
        Throwable thrown = catchThrowable(() -> client.send(post(), BodyHandlers.ofString()));
        assertThat(thrown).isInstanceOf(IOException.class);
        assertThat(FailedAttempts.in(thrown)).hasMessageStartingWith("1 attempt, not to be repeated: #1");
        assertThat(hits()).isEqualTo(1);
        assertThat(ends).containsExactly(Outcome.FAILURE);
    }

    @Test
    void aGetThatBrokeIsAnsweredByAnotherServer() throws Exception {
        HttpClient client = client((request, out) -> out.drop(), ok("b"));
        for (int i = 0; i < 4; i++) {
            HttpResponse<String> response = client.send(get(), BodyHandlers.ofString());
            assertThat(response.body()).isEqualTo("b");
        }
        assertThat(client.sendAsync(get(), BodyHandlers.ofString()).get().body())
                .isEqualTo("b");
    }

    @Test
    void aStatusToRepeatLeadsToAnotherServerAndTheHandlerSeesTheLastAlone() throws Exception {
        AtomicInteger applied = new AtomicInteger();
        HttpClient client = client(
                service -> service.repeatOnStatus(503),
                (request, out) -> out.send(503, "busy", "Retry-After: 1"),
                ok("b"));
        for (int i = 0; i < 4; i++) {
            applied.set(0);
            HttpResponse<String> response = client.send(get(), info -> {
                applied.incrementAndGet();
                return HttpResponse.BodySubscribers.ofString(java.nio.charset.StandardCharsets.UTF_8);
            });
            assertThat(response.body()).isEqualTo("b");
            assertThat(applied).hasValue(1);
        }
        HttpResponse<String> later =
                client.sendAsync(get(), BodyHandlers.ofString()).get();
        assertThat(later.body()).isEqualTo("b");
        assertThat(ends).contains(Outcome.REJECTED).doesNotContain(Outcome.FAILURE);
        assertThat(servers.get(0).connections()).isEqualTo(1); // drained, so used again
        assertThat(client.send(post(), BodyHandlers.ofString()).statusCode()).isIn(200, 503);
    }

    @Test
    void theLastBadAnswerIsDeliveredWhole() throws Exception {
        TestServer.Answer bad = (request, out) -> out.send(502, "sorry");
        HttpClient client = client(service -> service.repeatOnStatus(502), bad, bad);
        HttpResponse<String> response = client.send(get(), BodyHandlers.ofString());
        assertThat(response.statusCode()).isEqualTo(502);
        assertThat(response.body()).isEqualTo("sorry");
        assertThat(response.headers().firstValue(Services.ATTEMPTS_HEADER)).hasValue("3");
        assertThat(client.sendAsync(get(), BodyHandlers.ofString()).get().body())
                .isEqualTo("sorry");
        assertThat(hits()).isEqualTo(6);
    }

    @Test
    void aStreamIsInFlightUntilItIsReadOrClosed() throws Exception {
        HttpClient client = client((request, out) -> out.send(200, "x".repeat(500_000)));
        try (InputStream body = client.send(get(), BodyHandlers.ofInputStream()).body()) {
            assertThat(body.read()).isEqualTo('x');
            assertThat(pool.inFlight()).isEqualTo(1);
        }
        await().atMost(PATIENCE).until(() -> pool.inFlight() == 0);
        try (InputStream body =
                client.sendAsync(get(), BodyHandlers.ofInputStream()).get().body()) {
            assertThat(body.readAllBytes()).hasSize(500_000);
        }
        await().atMost(PATIENCE).until(() -> pool.inFlight() == 0);
        assertThat(ends).containsExactly(Outcome.SUCCESS, Outcome.SUCCESS);
    }

    @Test
    void aBodyThatBreaksIsAFailureAndIsNotRepeated() throws Exception {
        HttpClient client = client((request, out) -> {
            out.head(200, 10);
            out.write("abc");
            out.drop();
        });
        assertThatThrownBy(() -> client.send(get(), BodyHandlers.ofString())).isInstanceOf(IOException.class);
        assertThat(hits()).isEqualTo(1);
        assertThat(ends).containsExactly(Outcome.FAILURE);
    }

    @Test
    void aServerCanNotPretendToBeAnother() throws Exception {
        HttpClient client =
                client((request, out) -> out.send(200, "a", "lb4j-server: forged", "LB4J-Attempts: 99", "X-Other: 1"));
        HttpResponse<String> response = client.send(get(), BodyHandlers.ofString());
        assertThat(response.headers().allValues("lb4j-server"))
                .containsExactly(servers.get(0).server().id());
        assertThat(response.headers().allValues("lb4j-attempts")).containsExactly("1");
        assertThat(response.headers().firstValue("X-Other")).hasValue("1");
    }

    @Test
    void withoutAServerTheCallerSeesAConnectException() {
        pool = ServerPool.of(List.of());
        HttpClient client = wrap(service -> {});
        assertThatThrownBy(() -> client.send(get(), BodyHandlers.ofString()))
                .isInstanceOf(ConnectException.class)
                .hasMessageStartingWith("users: no server: 0 known");
        assertThatThrownBy(
                        () -> client.sendAsync(get(), BodyHandlers.ofString()).get())
                .hasCauseInstanceOf(ConnectException.class);
    }

    @Test
    void httpsIsNeverLowered() {
        pool = ServerPool.of(List.of(Server.of("http://127.0.0.1:1")));
        HttpClient client = wrap(service -> {});
        HttpRequest secure =
                HttpRequest.newBuilder(URI.create("https://users/")).build();
        assertThatThrownBy(() -> client.send(secure, BodyHandlers.ofString()))
                .isInstanceOf(ProtocolException.class)
                .hasMessage("users: https is asked for, but server 127.0.0.1:1 is http");
        assertThatThrownBy(
                        () -> client.sendAsync(secure, BodyHandlers.ofString()).get())
                .hasCauseInstanceOf(ProtocolException.class);
    }

    @Test
    void clientsThatGoAroundTheServicesAreRefused() {
        pool = ServerPool.of("127.0.0.1:1");
        Services named = Services.builder()
                .service("users", pool.selector(Algorithms.roundRobin()), service -> service.authority("api.test"))
                .build();
        assertThatThrownBy(() -> BalancedHttpClient.wrap(HttpClient.newHttpClient(), named))
                .hasMessageStartingWith("service \"users\" has authority api.test, which the client does not send");
        HttpClient following = HttpClient.newBuilder()
                .followRedirects(HttpClient.Redirect.NORMAL)
                .build();
        assertThatThrownBy(() ->
                        BalancedHttpClient.wrap(following, Services.builder().build()))
                .hasMessageStartingWith("followRedirects must be NEVER, was NORMAL");
    }

    /** nginx closes each connection after five requests; one of three is killed under way. */
    @RequiresProgram("nginx")
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
