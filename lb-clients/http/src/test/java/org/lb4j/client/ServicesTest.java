package org.lb4j.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.ConnectException;
import java.net.ProtocolException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.lb4j.Outcome;
import org.lb4j.Selector;
import org.lb4j.Server;
import org.lb4j.ServerPool;
import org.lb4j.algorithm.Algorithms;
import org.lb4j.failover.Attempt;
import org.lb4j.failover.Attempts;
import org.lb4j.failover.Failover;
import org.lb4j.failover.Hedge;
import org.lb4j.failover.Repeat;
import org.lb4j.testing.Pools;

final class ServicesTest {
    private final Selector selector = Pools.of("10.0.0.7:8080").selector(Algorithms.roundRobin());
    private final Services services = Services.builder()
            .service("users", selector)
            .service("Orders:9000", selector)
            .build();

    @ParameterizedTest
    @ValueSource(
            strings = {"http://users/42", "http://USERS/", "http://users:80", "https://users:443/", "http://x@users/"})
    void theAuthorityNamesTheService(String uri) {
        assertThat(services.of(URI.create(uri)))
                .isNotNull()
                .extracting(Service::name)
                .isEqualTo("users");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://users:9000/",
                "http://users.evil.test/",
                "http://evil.test/users",
                "http://users@evil.test/",
                "https://users:80/",
                "http://orders/",
                "users",
                "mailto:users",
                "lb://users/",
                "http://my_svc/"
            })
    void anyOtherHostPassesThrough(String uri) {
        assertThat(services.of(URI.create(uri))).isNull();
    }

    @Test
    void aNameMayHaveAPort() {
        assertThat(services.of(URI.create("http://orders:9000/1"))).isNotNull();
    }

    @ParameterizedTest
    @CsvSource({
        "http://users/a%2Fb?a=b%20c, http://10.0.0.7:8080/a%2Fb?a=b%20c",
        "http://users, http://10.0.0.7:8080/",
        "http://users?q, http://10.0.0.7:8080/?q",
        "http://x@users:80//a/../b;c, http://10.0.0.7:8080//a/../b;c",
    })
    void pathAndQueryStayByteForByte(String asked, String sent) throws Exception {
        URI uri = URI.create(asked);
        assertThat(services.of(uri).target(uri, Server.of("10.0.0.7:8080"))).hasToString(sent);
    }

    @Test
    void aSchemeIsRaisedAndNeverLowered() throws Exception {
        URI plain = URI.create("http://users/");
        URI secure = URI.create("https://users/");
        Service users = services.of(plain);
        assertThat(users.target(plain, Server.of("https://a.test"))).hasToString("https://a.test:443/");
        assertThat(users.target(secure, Server.of("10.0.0.7:8443"))).hasToString("https://10.0.0.7:8443/");
        assertThatThrownBy(() -> users.target(secure, Server.of("http://10.0.0.7:8080")))
                .isInstanceOf(ProtocolException.class)
                .hasMessage("users: https is asked for, but server 10.0.0.7:8080 is http");
    }

    @Test
    void badInputIsRefusedWithTheRuleAndAWayOut() {
        Services.Builder builder = Services.builder().service("users", selector);
        assertThatThrownBy(() -> builder.service("my_svc", selector))
                .hasMessage("service name must be a host name that java.net.URI accepts, was \"my_svc\": write my-svc");
        assertThatThrownBy(() -> builder.service("lb://users", selector))
                .hasMessage("service name is a host name, not a URL, was \"lb://users\": write users");
        assertThatThrownBy(() -> builder.service("USERS", selector)).hasMessage("service \"users\" is already given");
        for (String bad : List.of("svc.1", "-x", "", "a b", "a/b", "x@a", "a?b"))
            assertThatThrownBy(() -> builder.service(bad, selector))
                    .hasMessage("service name must be a host name that java.net.URI accepts, was \"" + bad + "\"");
        assertThatThrownBy(() -> builder.service("a", selector, service -> service.repeatOnStatus(99)))
                .hasMessage("status must be in [200, 599], was 99");
        assertThatThrownBy(() -> builder.service("a", selector, service -> service.failover(null)))
                .hasMessage("failover must be given, was null");
        Failover hedging = Failover.builder()
                .hedge(Hedge.after(java.time.Duration.ofMillis(50)))
                .build();
        assertThatThrownBy(() -> builder.service("slow", selector, service -> service.failover(hedging))
                        .build()
                        .requireNoHedging())
                .hasMessage("service \"slow\" hedges, which needs an asynchronous client");
    }

    @ParameterizedTest
    @CsvSource({
        "200, SUCCESS",
        "204, SUCCESS",
        "302, SUCCESS",
        "404, SUCCESS",
        "429, REJECTED",
        "500, FAILURE",
        "501, SUCCESS",
        "502, FAILURE",
        "503, FAILURE",
        "505, SUCCESS"
    })
    void aStatusIsAVerdict(int status, Outcome outcome) {
        Verdicts verdicts = new Verdicts(Set.of(), Set.of(), null);
        assertThat(verdicts.outcome(head(status, Map.of()))).isEqualTo(outcome);
    }

    @Test
    void aServerThatSaysWhenToComeBackIsBusyAndTheUserMayKnowBetter() {
        Verdicts verdicts = new Verdicts(Set.of(), Set.of(), null);
        assertThat(verdicts.outcome(head(503, Map.of("Retry-After", "1")))).isEqualTo(Outcome.REJECTED);
        Verdicts own = new Verdicts(Set.of(), Set.of(), status -> status == 404 ? Outcome.FAILURE : null);
        assertThat(own.outcome(head(404, Map.of()))).isEqualTo(Outcome.FAILURE);
        assertThat(own.outcome(head(200, Map.of()))).isEqualTo(Outcome.SUCCESS);
    }

    @ParameterizedTest
    @CsvSource({
        "GET, FREELY",
        "HEAD, FREELY",
        "PUT, FREELY",
        "DELETE, FREELY",
        "POST, IF_NOT_PROCESSED",
        "PATCH, IF_NOT_PROCESSED"
    })
    void theMethodSaysWhatMayBeRepeated(String method, Repeat repeat) {
        Service users = services.of(URI.create("http://users/"));
        assertThat(users.repeat(request(method, Map.of()))).isEqualTo(repeat);
        assertThat(users.repeat(request(method, Map.of("Idempotency-Key", "1"))))
                .isEqualTo(Repeat.FREELY);
    }

    @Test
    void nobodyIsToldAsAClientWouldTell() {
        Selector nobody = Pools.of("a:held").selector(Algorithms.roundRobin());
        Service users = Services.builder().service("users", nobody).build().of(URI.create("http://users/"));
        Attempts attempts = users.attempts(request("GET", Map.of()));
        assertThatThrownBy(() -> users.first(attempts))
                .isInstanceOf(ConnectException.class)
                .hasMessageStartingWith("users: no server: 1 known, 0 eligible");
    }

    @Test
    void aDeliveryEndsTheCallOnceAndHeadersAreHeard() {
        ServerPool pool = Pools.of("a");
        List<String> heard = new ArrayList<>();
        Service users = Services.builder()
                .service(
                        "users",
                        pool.selector(Algorithms.roundRobin()),
                        service -> service.onResponseHeader("X-Health", (server, value) -> {
                                    heard.add(server.id() + " " + value);
                                    throw new IllegalStateException("a bad listener");
                                })
                                .loadReports(true))
                .build()
                .of(URI.create("http://users/"));
        Attempts attempts = users.attempts(request("GET", Map.of()));
        Attempt attempt = attempts.first();
        Delivery delivery =
                users.deliver(attempt, head(200, Map.of("X-Health", "up", "endpoint-load-metrics", "garbage \u0000")));
        assertThat(attempts.succeeded(attempt)).isTrue();
        assertThat(pool.inFlight()).isEqualTo(1);
        delivery.broken(false);
        delivery.ended();
        assertThat(pool.inFlight()).isZero();
        assertThat(heard).containsExactly("a up");
    }

    @Test
    void streamsWithoutEndMayBeCountedToTheirHead() {
        ServerPool pool = Pools.of("a");
        Service users = Services.builder()
                .service(
                        "users",
                        pool.selector(Algorithms.roundRobin()),
                        service -> service.inFlightUntil(InFlightUntil.HEADERS))
                .build()
                .of(URI.create("http://users/"));
        Attempts attempts = users.attempts(request("GET", Map.of()));
        Delivery delivery = users.deliver(attempts.first(), head(200, Map.of()));
        assertThat(pool.inFlight()).isZero();
        delivery.ended();
        assertThat(pool.inFlight()).isZero();
    }

    @Test
    void aBadStatusLeadsToAnotherServerIfThereIsOne() {
        ServerPool pool = Pools.of("a", "b");
        List<String> heard = new ArrayList<>();
        Failover twice = Failover.builder().maxAttempts(2).build();
        Service users = Services.builder()
                .service(
                        "users",
                        pool.selector(Algorithms.roundRobin()),
                        service -> service.failover(twice)
                                .repeatOnStatus(503)
                                .notProcessedOnStatus(421)
                                .onResponseHeader("X-Health", (server, value) -> heard.add(server.id() + value)))
                .build()
                .of(URI.create("http://users/"));
        Attempts attempts = users.attempts(request("GET", Map.of()));
        Attempt first = attempts.first();
        Attempt second = users.instead(first, head(503, Map.of("X-Health", "1")));
        assertThat(second.server()).isNotEqualTo(first.server());
        assertThat(users.instead(second, head(503, Map.of("X-Health", "2")))).isNull();
        users.deliver(second, head(503, Map.of("X-Health", "2"))).ended();
        assertThat(heard)
                .containsExactly(first.server().id() + 1, second.server().id() + 2); // each once
        assertThat(attempts.succeeded(second)).isTrue();
        assertThat(pool.inFlight()).isZero();

        Attempts post = users.attempts(request("POST", Map.of()));
        Attempt sent = post.first();
        assertThat(users.instead(sent, head(503, Map.of()))).isNull();
        assertThat(users.instead(sent, head(421, Map.of()))).isNotNull();
        post.cancel();
        assertThat(pool.inFlight()).isZero();
    }

    private static RequestHead request(String method, Map<String, String> headers) {
        return new RequestHead() {
            @Override
            public String method() {
                return method;
            }

            @Override
            public URI uri() {
                return URI.create("http://users/");
            }

            @Override
            public @Nullable String header(String name) {
                return headers.get(name);
            }
        };
    }

    private static ResponseHead head(int status, Map<String, String> headers) {
        return new ResponseHead() {
            @Override
            public int status() {
                return status;
            }

            @Override
            public @Nullable String header(String name) {
                return headers.get(name);
            }
        };
    }
}
