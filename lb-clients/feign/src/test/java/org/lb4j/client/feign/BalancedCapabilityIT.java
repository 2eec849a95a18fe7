package org.lb4j.client.feign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.lb4j.client.testing.Fleet.bad;
import static org.lb4j.client.testing.Fleet.drop;
import static org.lb4j.client.testing.Fleet.hang;
import static org.lb4j.client.testing.Fleet.ok;

import feign.AsyncClient;
import feign.AsyncFeign;
import feign.Body;
import feign.Feign;
import feign.Param;
import feign.Request;
import feign.RequestLine;
import feign.Response;
import feign.RetryableException;
import feign.Retryer;
import java.io.InputStream;
import java.net.ConnectException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.lb4j.Outcome;
import org.lb4j.Server;
import org.lb4j.client.ServiceSettings;
import org.lb4j.client.Services;
import org.lb4j.client.testing.Fleet;
import org.lb4j.failover.Failover;
import org.lb4j.failover.Hedge;
import org.lb4j.testing.Nginx;
import org.lb4j.testing.RequiresProgram;
import org.lb4j.testing.TestServer;

/** What a sceptic asks of the wrapper, against real sockets; hits are counted at the fleet.servers(). */
@Timeout(60)
final class BalancedCapabilityIT {
    private final Fleet fleet = new Fleet();
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
        fleet.close();
    }

    @Test
    void callsAreSpreadAndTheResponseTellsWhoAnswered() {
        Api api = start(ok("a"), ok("b"));
        Map<String, Integer> answers = new HashMap<>();
        for (int i = 0; i < 10; i++) answers.merge(api.get("a b"), 1, Integer::sum);
        assertThat(answers).containsEntry("a", 5).containsEntry("b", 5);
        assertThat(fleet.server(0).requests())
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
        TestServer other = fleet.serve(ok("other"));
        Api api = builder().target(Api.class, "http://" + other.server().hostPort());
        assertThat(api.get("x")).isEqualTo("other");
        assertThat(fleet.ends()).isEmpty();
    }

    @Test
    void aServerThatIsGoneCostsNoCall() {
        Api api = start(ok("a"), ok("b"), ok("c"));
        fleet.server(1).close();
        for (int i = 0; i < 30; i++) assertThat(api.get("x")).isNotEmpty();
        for (int i = 0; i < 30; i++) assertThat(api.post()).isNotEmpty();
        assertThat(fleet.hits()).isEqualTo(60);
    }

    @Test
    void whatMayHaveBeenProcessedIsNotPostedTwice() {
        TestServer.Answer drop = drop();
        Api api = start(drop, drop);
        assertThatThrownBy(api::post).isInstanceOf(RetryableException.class);
        assertThat(fleet.hits()).isEqualTo(1);
        assertThatThrownBy(api::postNothing).isInstanceOf(RetryableException.class);
        assertThat(fleet.hits()).isEqualTo(2);
        assertThat(fleet.ends()).containsExactly(Outcome.FAILURE, Outcome.FAILURE);
    }

    @Test
    void aStatusToRepeatLeadsToAnotherServer() {
        Api api = start(service -> service.repeatOnStatus(503), bad(503), ok("b"));
        for (int i = 0; i < 4; i++) assertThat(api.get("x")).isEqualTo("b");
        assertThat(fleet.ends()).contains(Outcome.FAILURE);
    }

    @Test
    void aBodyIsInFlightUntilItIsReadOrClosed() throws Exception {
        Api api = start((request, out) -> out.send(200, "x".repeat(500_000)));
        try (Response response = api.raw()) {
            try (InputStream body = response.body().asInputStream()) {
                assertThat(body.read()).isEqualTo('x');
                assertThat(fleet.pool().inFlight()).isEqualTo(1);
            }
            assertThat(fleet.pool().inFlight()).isZero();
        }
        assertThat(api.get("x")).hasSize(500_000);
        assertThat(fleet.ends()).containsExactly(Outcome.SUCCESS, Outcome.SUCCESS);
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
        assertThat(fleet.ends()).containsExactly(Outcome.FAILURE);
        assertThat(fleet.hits()).isEqualTo(1);
    }

    @Test
    void aServerThatHangsIsGivenUpForAnother() {
        Failover failover =
                Failover.builder().attemptTimeout(Duration.ofMillis(300)).build();
        Api api = start(service -> service.failover(failover), hang(), ok("b"));
        for (int i = 0; i < 2; i++) assertThat(api.get("x")).isEqualTo("b");
        assertThat(fleet.ends()).contains(Outcome.TIMEOUT).doesNotContain(Outcome.FAILURE);
    }

    @Test
    void aServerCanNotPretendToBeAnother() {
        Api api = start((request, out) -> out.send(200, "a", "lb4j-server: forged"));
        try (Response response = api.raw()) {
            assertThat(response.headers().get("lb4j-server"))
                    .containsExactly(fleet.server(0).server().id());
        }
    }

    @Test
    void httpsIsNeverLoweredAndAnAuthorityIsRefused() {
        services = fleet.of(service -> {}, List.of(Server.of("http://127.0.0.1:1")));
        Api api = builder().target(Api.class, "https://users");
        assertThatThrownBy(() -> api.get("x"))
                .hasMessageContaining("users: https is asked for, but server 127.0.0.1:1 is http");
        Services named = fleet.services(service -> service.authority("api.test"));
        assertThatThrownBy(() -> BalancedCapability.of(named))
                .hasMessageStartingWith("service \"users\" has authority api.test, which this client can not send");
    }

    /** AsyncFeign itself does not pass a cancel on to its client. */
    @Test
    void cancellingAnAsynchronousCallEndsIt() {
        services = fleet.start(hang());
        AsyncClient<Object> client = BalancedCapability.of(services).enrich((AsyncClient<Object>) null);
        Request get = Request.create(Request.HttpMethod.GET, "http://users/", Map.of(), null, null, null);
        CompletableFuture<Response> call = client.execute(get, new Request.Options(), Optional.empty());
        fleet.awaitHits(1);
        call.cancel(true);
        assertThat(fleet.pool().inFlight()).isZero();
        assertThat(fleet.ends()).containsExactly(Outcome.CANCELLED);
    }

    @Test
    void withoutAServerTheCallerSeesAConnectException() {
        Api api = target(fleet.of(service -> {}, List.of()));
        assertThatThrownBy(() -> api.get("x"))
                .hasCauseInstanceOf(ConnectException.class)
                .hasMessageStartingWith("users: no server: 0 known");
    }

    @Test
    void servicesThatHedgeNeedAnAsynchronousClient() throws Exception {
        Hedge hedge = Hedge.after(Duration.ofMillis(50));
        Failover hedging = Failover.builder().hedge(hedge).build();
        start(service -> service.failover(Failover.none()), ok("a"));
        services = fleet.services(service -> service.failover(hedging));
        assertThatThrownBy(() -> builder().target(Api.class, "http://users"))
                .hasStackTraceContaining("service \"users\" hedges, which needs an asynchronous client");
    }

    @Test
    void asynchronousCallsGoOnToAnotherServerToo() throws Exception {
        start(bad(503), ok("b"));
        services = fleet.services(service -> service.repeatOnStatus(503));
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
            Api api = target(fleet.of(service -> {}, List.of(one.server(), two.server(), three.server())));
            for (int i = 0; i < 300; i++) {
                if (i == 100) three.kill();
                assertThat(api.get("x")).startsWith("nginx-");
            }
        }
    }

    private Api start(TestServer.Answer... answers) {
        return start(service -> {}, answers);
    }

    private Api start(Consumer<ServiceSettings> settings, TestServer.Answer... answers) {
        return target(fleet.start(settings, answers));
    }

    private Api target(Services given) {
        services = given;
        return builder().target(Api.class, "http://users");
    }

    private Feign.Builder builder() {
        return Feign.builder().retryer(Retryer.NEVER_RETRY).addCapability(BalancedCapability.of(services));
    }
}
