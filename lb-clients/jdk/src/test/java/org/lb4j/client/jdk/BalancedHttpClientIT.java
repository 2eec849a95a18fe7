package org.lb4j.client.jdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.lb4j.client.jdk.Calls.get;
import static org.lb4j.client.jdk.Calls.post;
import static org.lb4j.client.jdk.Calls.wrap;
import static org.lb4j.client.testing.Fleet.bad;
import static org.lb4j.client.testing.Fleet.drop;
import static org.lb4j.client.testing.Fleet.ok;

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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.lb4j.Outcome;
import org.lb4j.Server;
import org.lb4j.client.ServiceSettings;
import org.lb4j.client.Services;
import org.lb4j.client.testing.Fleet;
import org.lb4j.failover.FailedAttempts;
import org.lb4j.testing.TestServer;

/** What a sceptic asks of the wrapper, against real sockets; hits are counted at the fleet.servers(). */
@Timeout(60)
final class BalancedHttpClientIT {

    private final Fleet fleet = new Fleet();

    @AfterEach
    void nothingIsLeftInFlight() {
        fleet.close();
    }

    @Test
    void callsAreSpreadAndTheResponseTellsWhoAnswered() throws Exception {
        HttpClient client = client(ok("a"), ok("b"));
        Map<String, Integer> answers = new HashMap<>();
        for (int i = 0; i < 10; i++) {
            HttpResponse<String> response = client.send(get(), BodyHandlers.ofString());
            answers.merge(response.body(), 1, Integer::sum);
            String expected = fleet.servers()
                    .get(response.body().equals("a") ? 0 : 1)
                    .server()
                    .id();
            assertThat(BalancedHttpClient.serverOf(response)).isEqualTo(expected);
            assertThat(response.headers().firstValue(Services.ATTEMPTS_HEADER)).hasValue("1");
            assertThat(response.request()).isEqualTo(get());
        }
        assertThat(answers).containsEntry("a", 5).containsEntry("b", 5);
        assertThat(fleet.servers()).extracting(TestServer::hits).containsExactly(5, 5);
        assertThat(fleet.servers()).extracting(TestServer::connections).containsExactly(1, 1); // reused, as ever
    }

    @Test
    void otherHostsPassThroughUntouched() throws Exception {
        HttpClient client = client(ok("a"));
        TestServer other = fleet.serve(ok("other"));
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("http://" + other.server().hostPort() + "/x?y=%20"))
                .build();
        HttpResponse<String> response = client.send(request, BodyHandlers.ofString());
        assertThat(response.request()).isEqualTo(request);
        assertThat(BalancedHttpClient.serverOf(response)).isNull();
        assertThat(client.sendAsync(request, BodyHandlers.ofString()).get().body())
                .isEqualTo("other");
        assertThat(other.requests()).extracting(TestServer.Request::target).containsOnly("/x?y=%20");
        assertThat(fleet.ends()).isEmpty();
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
        TestServer.Request arrived = fleet.server(0).requests().get(0);
        assertThat(arrived.target()).isEqualTo("/a%2Fb?a=b%20c");
        assertThat(arrived.body()).isEqualTo("body");
        assertThat(arrived.headers()).containsEntry("x-mine", "1").doesNotContainKey("lb4j-server");
    }

    @Test
    void whatMayHaveBeenProcessedIsNotPostedTwice() throws Exception {
        TestServer.Answer drop = drop();
        HttpClient client = client(drop, drop);
        Throwable thrown = catchThrowable(() -> client.send(post(), BodyHandlers.ofString()));
        assertThat(thrown).isInstanceOf(IOException.class);
        assertThat(FailedAttempts.in(thrown)).hasMessageStartingWith("1 attempt, not to be repeated: #1");
        assertThat(fleet.hits()).isEqualTo(1);
        assertThat(fleet.ends()).containsExactly(Outcome.FAILURE);
    }

    @Test
    void aGetThatBrokeIsAnsweredByAnotherServer() throws Exception {
        HttpClient client = client(drop(), ok("b"));
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
        assertThat(fleet.ends()).contains(Outcome.REJECTED).doesNotContain(Outcome.FAILURE);
        assertThat(fleet.server(0).connections()).isEqualTo(1); // drained, so used again
        assertThat(client.send(post(), BodyHandlers.ofString()).statusCode()).isIn(200, 503);
    }

    @Test
    void theLastBadAnswerIsDeliveredWhole() throws Exception {
        TestServer.Answer bad = bad(502);
        HttpClient client = client(service -> service.repeatOnStatus(502), bad, bad);
        HttpResponse<String> response = client.send(get(), BodyHandlers.ofString());
        assertThat(response.statusCode()).isEqualTo(502);
        assertThat(response.body()).isEqualTo("sorry");
        assertThat(response.headers().firstValue(Services.ATTEMPTS_HEADER)).hasValue("3");
        assertThat(client.sendAsync(get(), BodyHandlers.ofString()).get().body())
                .isEqualTo("sorry");
        assertThat(fleet.hits()).isEqualTo(6);
    }

    @Test
    void aStreamIsInFlightUntilItIsReadOrClosed() throws Exception {
        HttpClient client = client((request, out) -> out.send(200, "x".repeat(500_000)));
        try (InputStream body = client.send(get(), BodyHandlers.ofInputStream()).body()) {
            assertThat(body.read()).isEqualTo('x');
            assertThat(fleet.pool().inFlight()).isEqualTo(1);
        }
        fleet.awaitIdle();
        try (InputStream body =
                client.sendAsync(get(), BodyHandlers.ofInputStream()).get().body()) {
            assertThat(body.readAllBytes()).hasSize(500_000);
        }
        fleet.awaitIdle();
        assertThat(fleet.ends()).containsExactly(Outcome.SUCCESS, Outcome.SUCCESS);
    }

    @Test
    void aBodyThatBreaksIsAFailureAndIsNotRepeated() throws Exception {
        HttpClient client = client((request, out) -> {
            out.head(200, 10);
            out.write("abc");
            out.drop();
        });
        assertThatThrownBy(() -> client.send(get(), BodyHandlers.ofString())).isInstanceOf(IOException.class);
        assertThat(fleet.hits()).isEqualTo(1);
        assertThat(fleet.ends()).containsExactly(Outcome.FAILURE);
    }

    @Test
    void aServerCanNotPretendToBeAnother() throws Exception {
        HttpClient client =
                client((request, out) -> out.send(200, "a", "lb4j-server: forged", "LB4J-Attempts: 99", "X-Other: 1"));
        HttpResponse<String> response = client.send(get(), BodyHandlers.ofString());
        assertThat(response.headers().allValues("lb4j-server"))
                .containsExactly(fleet.server(0).server().id());
        assertThat(response.headers().allValues("lb4j-attempts")).containsExactly("1");
        assertThat(response.headers().firstValue("X-Other")).hasValue("1");
    }

    @Test
    void withoutAServerTheCallerSeesAConnectException() {
        HttpClient client = wrap(fleet.of(service -> {}, List.of()));
        assertThatThrownBy(() -> client.send(get(), BodyHandlers.ofString()))
                .isInstanceOf(ConnectException.class)
                .hasMessageStartingWith("users: no server: 0 known");
        assertThatThrownBy(
                        () -> client.sendAsync(get(), BodyHandlers.ofString()).get())
                .hasCauseInstanceOf(ConnectException.class);
    }

    @Test
    void httpsIsNeverLowered() {
        HttpClient client = wrap(fleet.of(service -> {}, List.of(Server.of("http://127.0.0.1:1"))));
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
        Services named = fleet.of(service -> service.authority("api.test"), List.of(Server.of("127.0.0.1:1")));
        assertThatThrownBy(() -> BalancedHttpClient.wrap(HttpClient.newHttpClient(), named))
                .hasMessageStartingWith("service \"users\" has authority api.test, which the client does not send");
        HttpClient following = HttpClient.newBuilder()
                .followRedirects(HttpClient.Redirect.NORMAL)
                .build();
        assertThatThrownBy(() ->
                        BalancedHttpClient.wrap(following, Services.builder().build()))
                .hasMessageStartingWith("followRedirects must be NEVER, was NORMAL");
    }

    @Test
    void theSystemPropertyThatRepeatsPostsIsRefused() {
        Services services = Services.builder().build();
        System.setProperty("jdk.httpclient.enableAllMethodRetry", "");
        try {
            assertThatThrownBy(() -> BalancedHttpClient.wrap(HttpClient.newHttpClient(), services))
                    .hasMessage("remove -Djdk.httpclient.enableAllMethodRetry: the JDK would repeat POSTs by itself");
        } finally {
            System.clearProperty("jdk.httpclient.enableAllMethodRetry");
        }
    }

    @Test
    void aClientThatFollowsRedirectsDoesSoPastTheServices() throws Exception {
        TestServer other = fleet.serve(ok("other"));
        Services services = fleet.start((request, out) ->
                out.send(302, "", "Location: http://" + other.server().hostPort() + "/there"));
        HttpClient following = HttpClient.newBuilder()
                .followRedirects(HttpClient.Redirect.NORMAL)
                .version(HttpClient.Version.HTTP_1_1)
                .build();
        HttpClient client = BalancedHttpClient.wrapWithRedirects(following, services);
        assertThat(client.send(get(), BodyHandlers.ofString()).body()).isEqualTo("other");
        assertThat(other.requests()).extracting(TestServer.Request::target).containsExactly("/there");
        assertThat(fleet.ends()).containsExactly(Outcome.SUCCESS);
    }

    private HttpClient client(TestServer.Answer... answers) {
        return client(service -> {}, answers);
    }

    private HttpClient client(Consumer<ServiceSettings> settings, TestServer.Answer... answers) {
        return wrap(fleet.start(settings, answers));
    }
}
