package org.lb4j.client.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.lb4j.client.testing.Fleet.bad;
import static org.lb4j.client.testing.Fleet.drop;
import static org.lb4j.client.testing.Fleet.hang;
import static org.lb4j.client.testing.Fleet.ok;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
import org.lb4j.failover.Failover;
import org.lb4j.failover.Hedge;
import org.lb4j.testing.Nginx;
import org.lb4j.testing.RequiresProgram;
import org.lb4j.testing.TestServer;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.core.io.InputStreamResource;
import org.springframework.http.ResponseEntity;
import org.springframework.http.client.BufferingClientHttpRequestFactory;
import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.http.client.HttpComponentsClientHttpRequestFactory;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.http.client.SimpleClientHttpRequestFactory;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.web.client.HttpServerErrorException;
import org.springframework.web.client.ResourceAccessException;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestTemplate;

/** What a sceptic asks of RestClient and RestTemplate, against real sockets; hits are counted at the servers. */
@Timeout(60)
final class BalancedRequestFactoryIT {
    private final Fleet fleet = new Fleet();
    private Services services;

    enum Beneath {
        JDK,
        SIMPLE;

        ClientHttpRequestFactory factory() {
            if (this == JDK)
                return new JdkClientHttpRequestFactory(HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .build());
            SimpleClientHttpRequestFactory simple = new SimpleClientHttpRequestFactory();
            simple.setReadTimeout(400);
            return simple;
        }
    }

    @AfterEach
    void nothingIsLeftInFlight() {
        fleet.close();
    }

    @ParameterizedTest
    @EnumSource
    void callsAreSpreadAndTheResponseTellsWhoAnswered(Beneath beneath) {
        RestClient client = start(beneath, ok("a"), ok("b"));
        Map<String, Integer> answers = new HashMap<>();
        for (int i = 0; i < 10; i++) {
            ResponseEntity<String> response =
                    client.get().uri("http://users/a b").retrieve().toEntity(String.class);
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
        RestClient client = start(beneath, ok("a"));
        TestServer other = fleet.serve(ok("other"));
        ResponseEntity<String> response = client.get()
                .uri("http://" + other.server().hostPort() + "/x")
                .retrieve()
                .toEntity(String.class);
        assertThat(response.getBody()).isEqualTo("other");
        assertThat(response.getHeaders().getFirst(Services.SERVER_HEADER)).isNull();
        assertThat(fleet.ends()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void aServerThatIsGoneCostsNoCall(Beneath beneath) {
        RestClient client = start(beneath, ok("a"), ok("b"), ok("c"));
        fleet.kill(1);
        for (int i = 0; i < 30; i++) assertThat(get(client)).isNotEmpty();
        for (int i = 0; i < 30; i++) assertThat(post(client, "x")).isNotEmpty();
        assertThat(fleet.hits()).isEqualTo(60);
    }

    @ParameterizedTest
    @EnumSource
    void whatMayHaveBeenProcessedIsNotPostedTwice(Beneath beneath) {
        TestServer.Answer drop = drop();
        RestClient client = start(beneath, drop, drop);
        assertThatThrownBy(() -> post(client, "x")).isInstanceOf(ResourceAccessException.class);
        assertThat(fleet.hits()).isEqualTo(1);
        assertThat(fleet.ends()).containsExactly(Outcome.FAILURE);
    }

    @ParameterizedTest
    @EnumSource
    void aStatusToRepeatLeadsToAnotherServerWithTheWholeBody(Beneath beneath) {
        RestClient client = start(beneath, service -> service.repeatOnStatus(503), bad(503), ok("b"));
        for (int i = 0; i < 4; i++) assertThat(get(client)).isEqualTo("b");
        for (int i = 0; i < 2; i++) assertThat(put(client, "whole")).isEqualTo("b");
        for (int i = 0; i < 2; i++)
            assertThat(put(client, "whole".getBytes(StandardCharsets.UTF_8))).isEqualTo("b");
        for (int i = 0; i < 2; i++)
            assertThat(put(client, new ByteArrayResource("whole".getBytes(StandardCharsets.UTF_8))))
                    .isEqualTo("b");
        assertThat(fleet.server(1).requests())
                .filteredOn(each -> each.method().equals("PUT"))
                .hasSize(6)
                .allSatisfy(each -> assertThat(each.body()).isEqualTo("whole"));
        assertThat(fleet.ends()).contains(Outcome.FAILURE);
    }

    @ParameterizedTest
    @EnumSource
    void aFormIsSentAgainToo(Beneath beneath) {
        RestClient client = start(beneath, service -> service.repeatOnStatus(503), bad(503), ok("b"));
        LinkedMultiValueMap<String, String> form = new LinkedMultiValueMap<>();
        form.add("name", "value");
        for (int i = 0; i < 2; i++) assertThat(put(client, form)).isEqualTo("b");
        assertThat(fleet.server(1).requests())
                .allSatisfy(each -> assertThat(each.body()).isEqualTo("name=value"));
    }

    @ParameterizedTest
    @EnumSource
    void aBodyThatCanBeReadOnceIsNotSentAgainButStillGoesPastADeadServer(Beneath beneath) {
        RestClient client = start(beneath, drop(), ok("b"));
        int failed = 0;
        for (int i = 0; i < 2; i++) {
            try {
                assertThat(put(client, once())).isEqualTo("b");
            } catch (ResourceAccessException dropped) {
                failed++;
            }
        }
        assertThat(failed).isEqualTo(1);
        assertThat(fleet.hits()).isEqualTo(2);
        fleet.kill(0);
        for (int i = 0; i < 4; i++) assertThat(put(client, once())).isEqualTo("b");
    }

    @ParameterizedTest
    @EnumSource
    void theLastBadAnswerIsDeliveredWhole(Beneath beneath) {
        TestServer.Answer bad = bad(502);
        RestClient client = start(beneath, service -> service.repeatOnStatus(502), bad, bad);
        assertThatThrownBy(() -> get(client)).isInstanceOfSatisfying(HttpServerErrorException.class, thrown -> {
            assertThat(thrown.getResponseBodyAsString()).isEqualTo("sorry");
            assertThat(thrown.getResponseHeaders().getFirst(Services.ATTEMPTS_HEADER))
                    .isEqualTo("3");
        });
        assertThat(fleet.hits()).isEqualTo(3);
    }

    @ParameterizedTest
    @EnumSource
    void anInterceptorRunsOnceACallAndItsHeaderIsOnEachAttempt(Beneath beneath) {
        fleet.start(service -> service.repeatOnStatus(503), bad(503), ok("b"));
        AtomicInteger tokens = new AtomicInteger();
        RestClient client = RestClient.builder()
                .requestFactory(factory(beneath, service -> service.repeatOnStatus(503)))
                .requestInterceptor((request, body, execution) -> {
                    request.getHeaders().add("X-Token", "t" + tokens.incrementAndGet());
                    return execution.execute(request, body);
                })
                .build();
        for (int i = 0; i < 2; i++) assertThat(put(client, "whole")).isEqualTo("b");
        for (int i = 0; i < 2; i++) assertThat(get(client)).isEqualTo("b");
        assertThat(tokens).hasValue(4);
        assertThat(fleet.server(1).requests())
                .extracting(TestServer.Request::body)
                .containsExactly("whole", "whole", "", "");
        assertThat(fleet.servers().stream().flatMap(each -> each.requests().stream()))
                .hasSizeGreaterThan(4)
                .allSatisfy(each -> assertThat(each.headers().get("x-token")).startsWith("t"));
    }

    @ParameterizedTest
    @EnumSource
    void aBodyIsInFlightUntilItIsReadOrClosed(Beneath beneath) {
        RestClient client = start(beneath, (request, out) -> out.send(200, "x".repeat(500_000)));
        Integer first = client.get().uri("http://users/").exchange((request, response) -> {
            assertThat(fleet.pool().inFlight()).isEqualTo(1);
            return response.getBody().read();
        });
        assertThat(first).isEqualTo('x');
        assertThat(fleet.pool().inFlight()).isZero();
        assertThat(fleet.ends()).containsExactly(Outcome.SUCCESS);
    }

    @ParameterizedTest
    @EnumSource
    void aBodyThatIsCutShortIsAFailure(Beneath beneath) {
        RestClient client = start(beneath, (request, out) -> {
            out.head(200, 10);
            out.write("abc");
            out.drop();
        });
        try {
            get(client);
        } catch (org.springframework.web.client.RestClientException asItShouldBe) {
            // HttpURLConnection says nothing of it before Java 25
        }
        assertThat(fleet.ends()).containsExactly(Outcome.FAILURE);
        assertThat(fleet.hits()).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource
    void ourOwnFaultsBlameNoServerAndAreNotRepeated(Beneath beneath) {
        RestClient client = start(beneath, ok("a"), ok("b"));
        assertThatThrownBy(() -> client.put()
                        .uri("http://users/")
                        .body(out -> {
                            throw new IOException("ours");
                        })
                        .retrieve()
                        .toBodilessEntity())
                .isNotNull();
        assertThat(fleet.ends()).containsExactly(Outcome.CANCELLED);
    }

    @Test
    void theFactorysOwnTimeoutLeadsToAnotherServer() {
        RestClient client = start(Beneath.SIMPLE, hang(), ok("b"));
        for (int i = 0; i < 2; i++) assertThat(get(client)).isEqualTo("b");
        assertThat(fleet.ends()).contains(Outcome.TIMEOUT).doesNotContain(Outcome.FAILURE);
    }

    @ParameterizedTest
    @EnumSource
    void restTemplatesAreBalancedToo(Beneath beneath) {
        fleet.start(service -> {}, ok("a"), ok("b"));
        RestTemplate template = new RestTemplate(factory(beneath, service -> {}));
        for (int i = 0; i < 4; i++)
            assertThat(template.getForObject("http://users/42", String.class)).isIn("a", "b");
        assertThat(template.postForObject("http://users/42", "x", String.class)).isIn("a", "b");
        assertThat(fleet.ends()).hasSize(5).containsOnly(Outcome.SUCCESS);
    }

    @Test
    void aServerCanNotPretendToBeAnother() {
        RestClient client =
                start(Beneath.JDK, (request, out) -> out.send(200, "a", "lb4j-server: forged", "LB4J-Attempts: 99"));
        ResponseEntity<String> response =
                client.get().uri("http://users/").retrieve().toEntity(String.class);
        assertThat(response.getHeaders().getFirst("lb4j-server"))
                .isEqualTo(fleet.server(0).server().id());
        assertThat(response.getHeaders().getFirst("lb4j-attempts")).isEqualTo("1");
    }

    @Test
    void withoutAServerTheCallerSeesAConnectException() {
        fleet.of(service -> {}, List.of());
        RestClient client = RestClient.create(new RestTemplate(factory(Beneath.JDK, service -> {})));
        assertThatThrownBy(() -> get(client))
                .isInstanceOf(ResourceAccessException.class)
                .hasCauseInstanceOf(ConnectException.class)
                .hasMessageContaining("users: no server: 0 known");
    }

    @Test
    void httpsIsNeverLowered() {
        fleet.of(service -> {}, List.of(Server.of("http://127.0.0.1:1")));
        RestTemplate template = new RestTemplate(factory(Beneath.JDK, service -> {}));
        assertThatThrownBy(() -> template.getForObject("https://users/", String.class))
                .hasMessageContaining("users: https is asked for, but server 127.0.0.1:1 is http");
    }

    @Test
    void whatTheClientBeneathCanNotSendOrWouldRepeatIsRefused() {
        fleet.of(service -> {}, List.of(Server.of("127.0.0.1:1")));
        Services named = fleet.services(service -> service.authority("api.test"));
        String told =
                "service \"users\" has authority api.test, which this client can not send: give its servers by their"
                        + " host names";
        assertThatThrownBy(() -> BalancedRequestFactory.wrap(Beneath.SIMPLE.factory(), named))
                .hasMessage(told);
        assertThatThrownBy(() -> BalancedExchangeFilter.of(named)).hasMessage(told);
        System.setProperty("jdk.httpclient.enableAllMethodRetry", "true");
        try {
            assertThat(factory(Beneath.SIMPLE, service -> {})).isNotNull();
            assertThatThrownBy(() -> factory(Beneath.JDK, service -> {}))
                    .hasMessage("remove -Djdk.httpclient.enableAllMethodRetry: the JDK would repeat POSTs by itself");
        } finally {
            System.clearProperty("jdk.httpclient.enableAllMethodRetry");
        }
    }

    @Test
    void whatRetriesByItselfAndWhatHedgesIsRefused() {
        fleet.of(service -> {}, List.of(Server.of("127.0.0.1:1")));
        ClientHttpRequestFactory apache = new HttpComponentsClientHttpRequestFactory();
        for (ClientHttpRequestFactory each : List.of(apache, new BufferingClientHttpRequestFactory(apache)))
            assertThatThrownBy(() -> BalancedRequestFactory.wrap(each, fleet.services(service -> {})))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("Apache HttpClient retries by itself and hides it: use lb-client-apache");
        Failover hedging =
                Failover.builder().hedge(Hedge.after(Duration.ofMillis(50))).build();
        assertThatThrownBy(() -> factory(Beneath.JDK, service -> service.failover(hedging)))
                .hasMessage("service \"users\" hedges, which needs an asynchronous client");
    }

    /** nginx closes each connection after five requests; one of three is killed under way. */
    @RequiresProgram("nginx")
    @Test
    void throughNginxNoGetFails(@TempDir Path folder) throws IOException {
        try (Nginx one = Nginx.start(folder, 1);
                Nginx two = Nginx.start(folder, 2);
                Nginx three = Nginx.start(folder, 3)) {
            fleet.of(service -> {}, List.of(one.server(), two.server(), three.server()));
            RestClient client = RestClient.builder()
                    .requestFactory(factory(Beneath.JDK, service -> {}))
                    .build();
            for (int i = 0; i < 300; i++) {
                if (i == 100) three.kill();
                assertThat(get(client)).startsWith("nginx-");
            }
            fleet.awaitIdle();
        }
    }

    private static InputStreamResource once() {
        return new InputStreamResource(new ByteArrayInputStream("once".getBytes(StandardCharsets.UTF_8)));
    }

    private static String get(RestClient client) {
        return client.get().uri("http://users/42").retrieve().body(String.class);
    }

    private static String post(RestClient client, Object body) {
        return client.post()
                .uri("http://users/42")
                .body(body)
                .retrieve()
                .onStatus(status -> true, (request, response) -> {})
                .body(String.class);
    }

    private static String put(RestClient client, Object body) {
        return client.put().uri("http://users/42").body(body).retrieve().body(String.class);
    }

    private RestClient start(Beneath beneath, TestServer.Answer... answers) {
        return start(beneath, service -> {}, answers);
    }

    private RestClient start(Beneath beneath, Consumer<ServiceSettings> settings, TestServer.Answer... answers) {
        fleet.start(settings, answers);
        return RestClient.builder().requestFactory(factory(beneath, settings)).build();
    }

    private ClientHttpRequestFactory factory(Beneath beneath, Consumer<ServiceSettings> settings) {
        services = fleet.services(settings);
        return BalancedRequestFactory.wrap(beneath.factory(), services);
    }
}
