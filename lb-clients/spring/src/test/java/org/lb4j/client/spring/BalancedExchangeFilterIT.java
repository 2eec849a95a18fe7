package org.lb4j.client.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.lb4j.client.testing.Fleet.PATIENCE;
import static org.lb4j.client.testing.Fleet.bad;
import static org.lb4j.client.testing.Fleet.drop;
import static org.lb4j.client.testing.Fleet.hang;
import static org.lb4j.client.testing.Fleet.ok;

import java.io.IOException;
import java.net.ConnectException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.lb4j.Outcome;
import org.lb4j.Server;
import org.lb4j.client.ServiceSettings;
import org.lb4j.client.Services;
import org.lb4j.client.testing.Fleet;
import org.lb4j.failover.Budget;
import org.lb4j.failover.Failover;
import org.lb4j.failover.Hedge;
import org.lb4j.failover.Repeat;
import org.lb4j.testing.Nginx;
import org.lb4j.testing.RequiresProgram;
import org.lb4j.testing.TestServer;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.ResponseEntity;
import org.springframework.http.client.reactive.ClientHttpConnector;
import org.springframework.http.client.reactive.JdkClientHttpConnector;
import org.springframework.http.client.reactive.ReactorClientHttpConnector;
import org.springframework.web.reactive.function.client.WebClient;
import org.springframework.web.reactive.function.client.WebClientRequestException;
import org.springframework.web.reactive.function.client.WebClientResponseException;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;
import reactor.util.retry.Retry;

/** What a sceptic asks of WebClient, against real sockets; hits are counted at the servers. */
@Timeout(60)
final class BalancedExchangeFilterIT {
    private final Fleet fleet = new Fleet();

    enum Beneath {
        NETTY,
        JDK;

        ClientHttpConnector connector() {
            if (this == NETTY) return new ReactorClientHttpConnector(HttpClient.create());
            return new JdkClientHttpConnector(java.net.http.HttpClient.newBuilder()
                    .version(java.net.http.HttpClient.Version.HTTP_1_1)
                    .build());
        }
    }

    @AfterEach
    void nothingIsLeftInFlight() {
        fleet.close();
    }

    @ParameterizedTest
    @EnumSource
    void callsAreSpreadAndTheResponseTellsWhoAnswered(Beneath beneath) {
        WebClient client = start(beneath, ok("a"), ok("b"));
        Map<String, Integer> answers = new HashMap<>();
        for (int i = 0; i < 10; i++) {
            ResponseEntity<String> response = client.get()
                    .uri("http://users/a b")
                    .retrieve()
                    .toEntity(String.class)
                    .block();
            answers.merge(response.getBody(), 1, Integer::sum);
            Server expected =
                    fleet.servers().get(response.getBody().equals("a") ? 0 : 1).server();
            assertThat(response.getHeaders().getFirst(Services.SERVER_HEADER)).isEqualTo(expected.id());
            assertThat(response.getHeaders().getFirst(Services.ATTEMPTS_HEADER)).isEqualTo("1");
            assertThat(fleet.pool().inFlight()).isZero();
        }
        assertThat(answers).containsEntry("a", 5).containsEntry("b", 5);
        assertThat(fleet.server(0).requests())
                .extracting(TestServer.Request::target)
                .containsOnly("/a%20b");
        assertThat(fleet.ends()).hasSize(10).containsOnly(Outcome.SUCCESS);
    }

    @ParameterizedTest
    @EnumSource
    void otherHostsPassThroughUntouched(Beneath beneath) {
        WebClient client = start(beneath, ok("a"));
        TestServer other = fleet.serve(ok("other"));
        ResponseEntity<String> response = client.get()
                .uri("http://" + other.server().hostPort() + "/x")
                .retrieve()
                .toEntity(String.class)
                .block();
        assertThat(response.getBody()).isEqualTo("other");
        assertThat(response.getHeaders().getFirst(Services.SERVER_HEADER)).isNull();
        assertThat(fleet.ends()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void aServerThatIsGoneCostsNoCall(Beneath beneath) {
        WebClient client = start(beneath, ok("a"), ok("b"), ok("c"));
        fleet.kill(1);
        for (int i = 0; i < 30; i++) assertThat(get(client).block()).isNotEmpty();
        for (int i = 0; i < 30; i++) assertThat(post(client).block()).isNotEmpty();
        assertThat(fleet.hits()).isEqualTo(60);
    }

    @ParameterizedTest
    @EnumSource
    void whatMayHaveBeenProcessedIsNotPostedTwice(Beneath beneath) {
        TestServer.Answer dropsPosts = (request, out) -> {
            if (request.method().equals("POST")) out.drop();
            else out.send(200, "ok");
        };
        WebClient client = start(beneath, dropsPosts, dropsPosts);
        for (int i = 0; i < 4; i++) assertThat(get(client).block()).isEqualTo("ok"); // both have a connection to reuse
        assertThatThrownBy(() -> post(client).block()).isInstanceOf(WebClientRequestException.class);
        assertThat(fleet.hits()).isEqualTo(5);
        assertThat(fleet.ends()).hasSize(5).endsWith(Outcome.FAILURE);
    }

    @ParameterizedTest
    @EnumSource
    void aGetThatBrokeIsAnsweredByAnotherServer(Beneath beneath) {
        WebClient client = start(beneath, drop(), ok("b"));
        for (int i = 0; i < 4; i++) assertThat(get(client).block()).isEqualTo("b");
    }

    @ParameterizedTest
    @EnumSource
    void aStatusToRepeatLeadsToAnotherServer(Beneath beneath) {
        WebClient client = start(beneath, service -> service.repeatOnStatus(503), bad(503), ok("b"));
        for (int i = 0; i < 4; i++) assertThat(get(client).block()).isEqualTo("b");
        assertThat(fleet.ends()).contains(Outcome.FAILURE);
        assertThat(fleet.server(0).connections()).isEqualTo(1); // drained, so used again
    }

    /** Whether a body can be subscribed to twice only the user knows. */
    @ParameterizedTest
    @EnumSource
    void aBodyIsSentAgainIfTheServiceVouchesForIt(Beneath beneath) {
        TestServer.Answer busy = bad(503);
        WebClient careful = start(beneath, service -> service.repeatOnStatus(503), busy, ok("b"));
        assertThatThrownBy(() -> {
                    for (int i = 0; i < 2; i++) put(careful).block();
                })
                .isInstanceOf(WebClientResponseException.ServiceUnavailable.class);
        WebClient sure = client(
                beneath, fleet.services(service -> service.repeatOnStatus(503).repeatable(request -> Repeat.FREELY)));
        for (int i = 0; i < 4; i++) assertThat(put(sure).block()).isEqualTo("b");
        assertThat(fleet.server(1).requests())
                .allSatisfy(each -> assertThat(each.body()).isEqualTo("whole"));
    }

    @ParameterizedTest
    @EnumSource
    void theLastBadAnswerIsDeliveredWhole(Beneath beneath) {
        TestServer.Answer bad = bad(502);
        WebClient client = start(beneath, service -> service.repeatOnStatus(502), bad, bad);
        assertThatThrownBy(() -> get(client).block())
                .isInstanceOfSatisfying(WebClientResponseException.class, thrown -> {
                    assertThat(thrown.getResponseBodyAsString()).isEqualTo("sorry");
                    assertThat(thrown.getHeaders().getFirst(Services.ATTEMPTS_HEADER))
                            .isEqualTo("3");
                });
        assertThat(fleet.hits()).isEqualTo(3);
    }

    @ParameterizedTest
    @EnumSource
    void cancelledBeforeTheHeadNothingIsInFlight(Beneath beneath) {
        WebClient client = start(beneath, hang());
        Disposable call = get(client).subscribe();
        fleet.awaitHits(1);
        call.dispose();
        assertThat(fleet.pool().inFlight()).isZero();
        fleet.awaitLeft(0);
        assertThat(fleet.ends()).containsExactly(Outcome.CANCELLED);
    }

    @ParameterizedTest
    @EnumSource
    void cancelledBeforeItIsConnectedNothingIsInFlight(Beneath beneath) {
        WebClient client = start(beneath, hang());
        for (int i = 0; i < 20; i++) get(client).subscribe().dispose();
        assertThat(fleet.pool().inFlight()).isZero();
        assertThat(fleet.ends()).hasSize(20).containsOnly(Outcome.CANCELLED);
    }

    @ParameterizedTest
    @EnumSource
    void cancelledInsideTheBodyNothingIsInFlight(Beneath beneath) {
        WebClient client = start(beneath, (request, out) -> {
            out.head(200, 100);
            out.write("abc");
            out.hang();
        });
        AtomicInteger read = new AtomicInteger();
        Disposable call = client.get()
                .uri("http://users/")
                .retrieve()
                .bodyToFlux(DataBuffer.class)
                .doOnNext(buffer -> {
                    read.addAndGet(buffer.readableByteCount());
                    DataBufferUtils.release(buffer);
                })
                .subscribe();
        await().atMost(PATIENCE).until(() -> read.get() == 3);
        assertThat(fleet.pool().inFlight()).isEqualTo(1);
        call.dispose();
        assertThat(fleet.pool().inFlight()).isZero();
        if (beneath == Beneath.NETTY) // Spring's connector for the JDK's client reads on, whatever its reader does
        fleet.awaitLeft(0);
        assertThat(fleet.ends()).containsExactly(Outcome.SUCCESS);
    }

    @ParameterizedTest
    @EnumSource
    void aBodyThatNobodyReadsIsReleasedWithTheExchange(Beneath beneath) {
        WebClient client = start(beneath, ok("a"));
        Integer status = client.get()
                .uri("http://users/")
                .exchangeToMono(response -> Mono.just(response.statusCode().value()))
                .block();
        assertThat(status).isEqualTo(200);
        fleet.awaitIdle();
        assertThat(fleet.ends()).containsExactly(Outcome.SUCCESS);
    }

    @ParameterizedTest
    @EnumSource
    void aBodyThatBreaksIsAFailureAndIsNotRepeated(Beneath beneath) {
        WebClient client = start(beneath, (request, out) -> {
            out.head(200, 10);
            out.write("abc");
            out.drop();
        });
        assertThatThrownBy(() -> get(client).block()).isNotNull();
        assertThat(fleet.hits()).isEqualTo(1);
        assertThat(fleet.ends()).containsExactly(Outcome.FAILURE);
    }

    @ParameterizedTest
    @EnumSource
    void aLimitOfTheCallersOwnEndsTheExchange(Beneath beneath) {
        WebClient client = start(beneath, hang());
        assertThatThrownBy(() -> get(client).timeout(Duration.ofMillis(200)).block())
                .hasCauseInstanceOf(TimeoutException.class);
        assertThat(fleet.pool().inFlight()).isZero();
        fleet.awaitLeft(0);
    }

    @ParameterizedTest
    @EnumSource
    void aServerThatHangsIsGivenUpForAnother(Beneath beneath) {
        Failover failover =
                Failover.builder().attemptTimeout(Duration.ofMillis(200)).build();
        WebClient client = start(beneath, service -> service.failover(failover), hang(), ok("b"));
        for (int i = 0; i < 2; i++) assertThat(get(client).block()).isEqualTo("b");
        assertThat(fleet.ends()).contains(Outcome.TIMEOUT).doesNotContain(Outcome.FAILURE);
        fleet.awaitLeft(0);
    }

    @ParameterizedTest
    @EnumSource
    void aSlowServerIsHedged(Beneath beneath) {
        Hedge hedge = Hedge.after(Duration.ofMillis(50)).budget(Budget.unlimited());
        Failover failover = Failover.builder().hedge(hedge).build();
        WebClient client = start(beneath, service -> service.failover(failover), hang(), ok("b"));
        for (int i = 0; i < 2; i++) assertThat(get(client).block()).isEqualTo("b");
        assertThat(failover.stats().hedgesWon()).isPositive();
        fleet.awaitLeft(0);
        assertThat(fleet.ends()).contains(Outcome.CANCELLED);
    }

    @ParameterizedTest
    @EnumSource
    void anOuterRetryIsANewCallWithExclusionsOfItsOwn(Beneath beneath) {
        WebClient client = start(beneath, (request, out) -> out.send(request.number() < 3 ? 500 : 200, "x"));
        String body = get(client).retryWhen(Retry.max(2)).block();
        assertThat(body).isEqualTo("x");
        assertThat(fleet.ends()).containsExactly(Outcome.FAILURE, Outcome.FAILURE, Outcome.SUCCESS);
    }

    @ParameterizedTest
    @EnumSource
    void theContextOfTheSubscriberReachesTheAttempts(Beneath beneath) {
        fleet.start(service -> {}, ok("a"));
        StringBuilder seen = new StringBuilder();
        WebClient client = WebClient.builder()
                .clientConnector(beneath.connector())
                .filter(BalancedExchangeFilter.of(fleet.services(service -> {})))
                .filter((request, next) -> Mono.deferContextual(context -> {
                    seen.append(context.<String>get("who"));
                    return next.exchange(request);
                }))
                .build();
        assertThat(get(client).contextWrite(context -> context.put("who", "me")).block())
                .isEqualTo("a");
        assertThat(seen).hasToString("me");
    }

    @Test
    void aServerCanNotPretendToBeAnother() {
        WebClient client =
                start(Beneath.NETTY, (request, out) -> out.send(200, "a", "lb4j-server: forged", "LB4J-Attempts: 99"));
        ResponseEntity<String> response = client.get()
                .uri("http://users/")
                .retrieve()
                .toEntity(String.class)
                .block();
        assertThat(response.getHeaders().getFirst("lb4j-server"))
                .isEqualTo(fleet.server(0).server().id());
        assertThat(response.getHeaders().getFirst("lb4j-attempts")).isEqualTo("1");
    }

    @Test
    void withoutAServerTheCallerSeesWhatFailsBeneathIt() {
        WebClient client = client(Beneath.NETTY, fleet.of(service -> {}, List.of()));
        assertThatThrownBy(() -> get(client).block())
                .isInstanceOf(WebClientRequestException.class)
                .hasCauseInstanceOf(ConnectException.class)
                .hasMessageContaining("users: no server: 0 known");
    }

    @Test
    void httpsIsNeverLowered() {
        WebClient client = client(Beneath.NETTY, fleet.of(service -> {}, List.of(Server.of("http://127.0.0.1:1"))));
        assertThatThrownBy(() -> client.get()
                        .uri("https://users/")
                        .retrieve()
                        .toBodilessEntity()
                        .block())
                .hasMessageContaining("users: https is asked for, but server 127.0.0.1:1 is http");
    }

    /** nginx closes each connection after five requests; one of three is killed under way. */
    @RequiresProgram("nginx")
    @ParameterizedTest
    @EnumSource
    void throughNginxNoGetFails(Beneath beneath, @TempDir Path folder) throws IOException {
        try (Nginx one = Nginx.start(folder, 1);
                Nginx two = Nginx.start(folder, 2);
                Nginx three = Nginx.start(folder, 3)) {
            WebClient client =
                    client(beneath, fleet.of(service -> {}, List.of(one.server(), two.server(), three.server())));
            for (int i = 0; i < 300; i++) {
                if (i == 100) three.kill();
                assertThat(get(client).block()).startsWith("nginx-");
            }
        }
    }

    private static Mono<String> get(WebClient client) {
        return client.get().uri("http://users/42").retrieve().bodyToMono(String.class);
    }

    private static Mono<String> post(WebClient client) {
        return client.post().uri("http://users/42").bodyValue("x").retrieve().bodyToMono(String.class);
    }

    private static Mono<String> put(WebClient client) {
        return client.put().uri("http://users/42").bodyValue("whole").retrieve().bodyToMono(String.class);
    }

    private WebClient start(Beneath beneath, TestServer.Answer... answers) {
        return start(beneath, service -> {}, answers);
    }

    private WebClient start(Beneath beneath, Consumer<ServiceSettings> settings, TestServer.Answer... answers) {
        return client(beneath, fleet.start(settings, answers));
    }

    private static WebClient client(Beneath beneath, Services services) {
        return WebClient.builder()
                .clientConnector(beneath.connector())
                .filter(BalancedExchangeFilter.of(services))
                .build();
    }
}
