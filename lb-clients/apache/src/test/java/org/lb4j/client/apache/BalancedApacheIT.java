package org.lb4j.client.apache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.lb4j.client.testing.Fleet.bad;
import static org.lb4j.client.testing.Fleet.ok;

import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.ProtocolException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.io.entity.EntityUtils;
import org.apache.hc.core5.http.io.entity.StringEntity;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.lb4j.Outcome;
import org.lb4j.Server;
import org.lb4j.ServerStatus;
import org.lb4j.algorithm.Algorithms;
import org.lb4j.client.InFlightUntil;
import org.lb4j.client.ServiceSettings;
import org.lb4j.client.Services;
import org.lb4j.client.testing.Fleet;
import org.lb4j.failover.Failover;
import org.lb4j.failover.Hedge;
import org.lb4j.load.Loads;
import org.lb4j.testing.TestServer;

/** What a sceptic asks of the classic client, against real sockets; hits are counted at the servers. */
@Timeout(60)
final class BalancedApacheIT {
    private final Fleet fleet = new Fleet();
    private CloseableHttpClient client;

    @AfterEach
    void nothingIsLeftInFlight() throws IOException {
        fleet.close();
        if (client != null) client.close();
    }

    @Test
    void callsAreSpreadAndTheResponseTellsWhoAnswered() throws IOException {
        start(ok("a"), ok("b"));
        Map<String, Integer> answers = new HashMap<>();
        for (int i = 0; i < 10; i++) {
            HttpClientContext context = HttpClientContext.create();
            client.execute(get(), context, response -> {
                String body = EntityUtils.toString(response.getEntity());
                answers.merge(body, 1, Integer::sum);
                Server expected = fleet.servers().get(body.equals("a") ? 0 : 1).server();
                assertThat(response.getFirstHeader(Services.SERVER_HEADER).getValue())
                        .isEqualTo(expected.id());
                assertThat(response.getFirstHeader(Services.ATTEMPTS_HEADER).getValue())
                        .isEqualTo("1");
                assertThat(BalancedApache.serverOf(context)).isEqualTo(expected);
                return body;
            });
        }
        assertThat(answers).containsEntry("a", 5).containsEntry("b", 5);
        assertThat(fleet.servers()).extracting(TestServer::connections).containsExactly(1, 1);
        assertThat(fleet.server(0).requests())
                .extracting(each -> each.headers().get("host"))
                .containsOnly("users"); // logical, though the server is an address
        assertThat(fleet.ends()).hasSize(10).containsOnly(Outcome.SUCCESS);
    }

    @Test
    void pathQueryHeadersAndBodyArriveAsTheyWereGiven() throws IOException {
        start(ok("a"));
        HttpPost post = new HttpPost("http://USERS:80/a%2Fb?a=b%20c");
        post.setHeader("X-Mine", "1");
        post.setEntity(new StringEntity("body"));
        assertThat(text(post)).isEqualTo("a");
        TestServer.Request arrived = fleet.server(0).requests().get(0);
        assertThat(arrived.target()).isEqualTo("/a%2Fb?a=b%20c");
        assertThat(arrived.body()).isEqualTo("body");
        assertThat(arrived.headers()).containsEntry("x-mine", "1").doesNotContainKey("lb4j-server");
    }

    @Test
    void aTargetGivenApartFromTheRequestIsBalancedToo() throws IOException {
        start(ok("a"));
        String body = client.execute(
                new HttpHost("http", "users"),
                new HttpGet("/42"),
                response -> EntityUtils.toString(response.getEntity()));
        assertThat(body).isEqualTo("a");
        assertThat(fleet.server(0).requests().get(0).target()).isEqualTo("/42");
    }

    @Test
    void otherHostsPassThroughUntouched() throws IOException {
        start(ok("a"));
        TestServer other = fleet.serve(ok("other"));
        HttpClientContext context = HttpClientContext.create();
        client.execute(get(), context, response -> EntityUtils.toString(response.getEntity()));
        client.execute(new HttpGet("http://" + other.server().hostPort() + "/x?y=%20"), context, response -> {
            assertThat(response.getFirstHeader(Services.SERVER_HEADER)).isNull();
            return EntityUtils.toString(response.getEntity());
        });
        assertThat(BalancedApache.serverOf(context)).isNull(); // though the same context had a balanced call before
        assertThat(other.requests()).extracting(TestServer.Request::target).containsExactly("/x?y=%20");
        assertThat(fleet.ends()).hasSize(1);
    }

    @Test
    void aServerThatIsGoneCostsNoCall() throws IOException {
        start(ok("a"), ok("b"), ok("c"));
        fleet.kill(1);
        for (int i = 0; i < 30; i++) assertThat(text(get())).isNotEmpty();
        for (int i = 0; i < 30; i++) assertThat(text(post())).isNotEmpty();
        assertThat(fleet.hits()).isEqualTo(60);
    }

    @Test
    void whatMayHaveBeenProcessedIsNotPostedTwice() throws IOException {
        TestServer.Answer dropsPosts = (request, out) -> {
            if (request.method().equals("POST")) out.drop();
            else out.send(200, "ok");
        };
        start(dropsPosts, dropsPosts);
        for (int i = 0; i < 4; i++) assertThat(text(get())).isEqualTo("ok"); // both have a connection to reuse
        assertThatThrownBy(() -> text(post())).isInstanceOf(IOException.class);
        assertThat(fleet.hits()).isEqualTo(5);
        assertThat(fleet.ends()).hasSize(5).endsWith(Outcome.FAILURE);
    }

    @Test
    void aConnectionThatIsResetLeadsAGetToAnotherServerAndAPostNowhere() throws IOException {
        start((request, out) -> out.reset(), ok("b"));
        for (int i = 0; i < 4; i++) assertThat(text(get())).isEqualTo("b");
        int before = fleet.hits();
        int failed = 0;
        for (int i = 0; i < 4; i++) {
            try {
                assertThat(text(post())).isEqualTo("b");
            } catch (IOException reset) {
                failed++;
            }
        }
        assertThat(failed).isEqualTo(2);
        assertThat(fleet.hits() - before).isEqualTo(4);
    }

    /** By default HttpClient would repeat both after a second, though they are POSTs. */
    @Test
    void busyServersAreNotPostedToAgain() throws IOException {
        start((request, out) -> out.send(request.number() == 1 ? 503 : 429, "busy", "Retry-After: 0"));
        for (int status : new int[] {503, 429}) {
            client.execute(post(), response -> {
                assertThat(response.getCode()).isEqualTo(status);
                assertThat(response.getFirstHeader("Retry-After").getValue()).isEqualTo("0");
                return EntityUtils.toString(response.getEntity());
            });
        }
        assertThat(fleet.hits()).isEqualTo(2);
        assertThat(fleet.ends()).containsExactly(Outcome.REJECTED, Outcome.REJECTED);
    }

    @Test
    void otherHostsKeepHttpClientsOwnRepeats() throws IOException {
        start(ok("a"));
        TestServer other =
                fleet.serve((request, out) -> out.send(request.number() == 1 ? 503 : 200, "x", "Retry-After: 0"));
        assertThat(text(new HttpGet("http://" + other.server().hostPort() + "/")))
                .isEqualTo("x");
        assertThat(other.hits()).isEqualTo(2);
    }

    @Test
    void aStatusToRepeatLeadsToAnotherServerAtOnce() throws IOException {
        start(service -> service.repeatOnStatus(503), (request, out) -> out.send(503, "busy"), ok("b"));
        long begun = System.nanoTime();
        for (int i = 0; i < 4; i++) assertThat(text(get())).isEqualTo("b");
        assertThat(Duration.ofNanos(System.nanoTime() - begun))
                .isLessThan(Duration.ofMillis(1500)); // 1 s each by default
        assertThat(fleet.ends()).contains(Outcome.FAILURE);
        assertThat(fleet.hits()).isEqualTo(fleet.ends().size()); // an attempt is one request
        assertThat(fleet.server(0).connections()).isEqualTo(1); // drained, so used again
    }

    @Test
    void aBadAnswerThatIsSlowToEndIsDropped() throws IOException {
        start(
                service -> service.repeatOnStatus(503),
                (request, out) -> {
                    out.head(503, 10);
                    out.hang();
                },
                ok("b"));
        for (int i = 0; i < 2; i++) assertThat(text(get())).isEqualTo("b");
        fleet.awaitLeft(0);
    }

    @Test
    void theLastBadAnswerIsDeliveredWhole() throws IOException {
        TestServer.Answer bad = (request, out) -> out.send(502, "sorry");
        start(service -> service.repeatOnStatus(502), bad, bad);
        client.execute(get(), response -> {
            assertThat(response.getFirstHeader(Services.ATTEMPTS_HEADER).getValue())
                    .isEqualTo("3");
            assertThat(EntityUtils.toString(response.getEntity())).isEqualTo("sorry");
            return null;
        });
        assertThat(fleet.hits()).isEqualTo(3);
    }

    @Test
    void aBodyIsInFlightUntilItIsReadOrClosed() throws IOException {
        start((request, out) -> out.send(200, "x".repeat(500_000)));
        try (ClassicHttpResponse response = client.executeOpen(null, get(), null)) {
            assertThat(response.getEntity().getContent().read()).isEqualTo('x');
            assertThat(fleet.pool().inFlight()).isEqualTo(1);
        }
        assertThat(fleet.pool().inFlight()).isZero();
        try (ClassicHttpResponse response = client.executeOpen(null, get(), null);
                InputStream body = response.getEntity().getContent()) {
            assertThat(body.readAllBytes()).hasSize(500_000);
            assertThat(fleet.pool().inFlight()).isZero();
        }
        try (ClassicHttpResponse response = client.executeOpen(null, get(), null)) {
            response.getEntity().writeTo(java.io.OutputStream.nullOutputStream());
            assertThat(fleet.pool().inFlight()).isZero();
        }
        assertThat(fleet.ends()).hasSize(3).containsOnly(Outcome.SUCCESS);
    }

    @Test
    void aServiceOfStreamsIsInFlightUntilTheHeadOnly() throws IOException {
        start(service -> service.inFlightUntil(InFlightUntil.HEADERS), (request, out) -> out.send(200, "abc"));
        try (ClassicHttpResponse response = client.executeOpen(null, get(), null)) {
            assertThat(fleet.pool().inFlight()).isZero();
            assertThat(EntityUtils.toString(response.getEntity())).isEqualTo("abc");
        } catch (org.apache.hc.core5.http.ParseException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void aBodyThatBreaksIsAFailureAndIsNotRepeated() throws IOException {
        start((request, out) -> {
            out.head(200, 10);
            out.write("abc");
            out.drop();
        });
        assertThatThrownBy(() -> text(get())).isInstanceOf(IOException.class);
        assertThat(fleet.hits()).isEqualTo(1);
        assertThat(fleet.ends()).containsExactly(Outcome.FAILURE);
    }

    @Test
    void aResponseWithoutABodyEndsAtOnce() throws IOException {
        start((request, out) -> out.write("HTTP/1.1 204 None\r\n\r\n"));
        try (ClassicHttpResponse response = client.executeOpen(null, get(), null)) {
            assertThat(response.getEntity()).isNull();
            assertThat(fleet.pool().inFlight()).isZero();
        }
    }

    @Test
    void aServerThatHangsIsGivenUpForAnother() throws IOException {
        start(attemptsOf(200), (request, out) -> out.hang(), ok("b"));
        for (int i = 0; i < 2; i++) assertThat(text(get())).isEqualTo("b");
        assertThat(fleet.ends()).contains(Outcome.TIMEOUT).doesNotContain(Outcome.FAILURE);
        fleet.awaitLeft(0);
    }

    /** Each read of it is in time. */
    @Test
    void aHeadThatDripsEndsAtTheWall() {
        start(
                service -> service.failover(
                        Failover.builder().timeout(Duration.ofMillis(300)).build()),
                (request, out) -> {
                    out.write("HTTP/1.1 200 OK\r\nX-Slow: ");
                    for (int i = 0; i < 1000; i++) {
                        out.write("x");
                        java.util.concurrent.locks.LockSupport.parkNanos(20_000_000);
                    }
                });
        assertThatThrownBy(() -> text(get())).hasMessage("no answer within 300 ms");
        assertThat(fleet.ends()).containsExactly(Outcome.TIMEOUT);
        assertThat(fleet.hits()).isEqualTo(1);
    }

    @Test
    void aServerCanNotPretendToBeAnother() throws IOException {
        start((request, out) -> out.send(200, "a", "lb4j-server: forged", "LB4J-Attempts: 99"));
        client.execute(get(), response -> {
            assertThat(response.getHeaders("lb4j-server"))
                    .extracting(each -> each.getValue())
                    .containsExactly(fleet.server(0).server().id());
            assertThat(response.getHeaders("lb4j-attempts"))
                    .extracting(each -> each.getValue())
                    .containsExactly("1");
            return null;
        });
    }

    @Test
    void whoAnsweredCanBeKeptBackAndHeadersAreHeard() throws IOException {
        List<String> heard = new ArrayList<>();
        TestServer.Answer chatty = (request, out) ->
                out.send(200, "a", "lb4j-server: forged", "X-Load: 7", "endpoint-load-metrics: nonsense");
        start(
                service -> service.showServer(false)
                        .loadReports(true)
                        .onResponseHeader("X-Load", (server, value) -> heard.add(server.id() + " " + value)),
                chatty,
                chatty);
        fleet.pool().selector(Algorithms.leastLoaded(Loads.reported())).next(); // from now on somebody wants reports
        for (int i = 0; i < 2; i++)
            client.execute(get(), response -> {
                assertThat(response.getFirstHeader("lb4j-server")).isNull();
                return null;
            });
        for (ServerStatus status : fleet.pool().status()) {
            assertThat(heard).contains(status.server().id() + " 7");
            assertThat(status.badReports()).isEqualTo(1); // and no harm done
        }
    }

    @Test
    void withoutAServerTheCallerSeesAConnectException() {
        install(fleet.of(service -> {}, List.of()));
        assertThatThrownBy(() -> text(get()))
                .isInstanceOf(ConnectException.class)
                .hasMessageStartingWith("users: no server: 0 known");
    }

    @Test
    void httpsIsNeverLowered() {
        install(fleet.of(service -> {}, List.of(Server.of("http://127.0.0.1:1"))));
        assertThatThrownBy(() -> text(new HttpGet("https://users/")))
                .isInstanceOf(ProtocolException.class)
                .hasMessage("users: https is asked for, but server 127.0.0.1:1 is http");
        assertThat(fleet.ends()).containsExactly(Outcome.CANCELLED);
    }

    @Test
    void servicesThatHedgeAreRefused() {
        Failover hedging =
                Failover.builder().hedge(Hedge.after(Duration.ofMillis(50))).build();
        Services services = fleet.of(service -> service.failover(hedging), List.of(Server.of("127.0.0.1:1")));
        assertThatThrownBy(() -> BalancedApache.install(HttpClients.custom(), services))
                .hasMessage("service \"users\" hedges, which needs an asynchronous client");
    }

    private static Consumer<ServiceSettings> attemptsOf(long millis) {
        Failover failover =
                Failover.builder().attemptTimeout(Duration.ofMillis(millis)).build();
        return service -> service.failover(failover);
    }

    private String text(ClassicHttpRequest request) throws IOException {
        return client.execute(request, response -> EntityUtils.toString(response.getEntity()));
    }

    private static HttpGet get() {
        return new HttpGet("http://users/42");
    }

    private static HttpPost post() {
        HttpPost post = new HttpPost("http://users/42");
        post.setEntity(new StringEntity("x"));
        return post;
    }

    private void start(TestServer.Answer... answers) {
        start(service -> {}, answers);
    }

    private void start(Consumer<ServiceSettings> settings, TestServer.Answer... answers) {
        install(fleet.start(settings, answers));
    }

    private void install(Services services) {
        client = BalancedApache.install(HttpClients.custom(), services).build();
    }
}
