package org.lb4j.examples.recipes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.failsafe.CircuitBreaker;
import dev.failsafe.CircuitBreakerOpenException;
import dev.failsafe.Failsafe;
import dev.failsafe.FailsafeException;
import dev.failsafe.RetryPolicy;
import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.core.IntervalFunction;
import io.github.resilience4j.retry.Retry;
import io.github.resilience4j.retry.RetryConfig;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.lb4j.NoServerAvailableException;
import org.lb4j.Selector;
import org.lb4j.Server;
import org.lb4j.ServerPool;
import org.lb4j.algorithm.Algorithms;
import org.lb4j.failover.Budget;
import org.lb4j.failover.Failover;
import org.lb4j.testing.TestServer;

/** Six real servers, of which most are bad; a retry of three rounds outside, two attempts a round inside. */
final class OuterCallsIT {
    private static final Duration WAIT = Duration.ofMillis(1);

    private final HttpClient http = HttpClient.newHttpClient();
    private final AtomicInteger good = new AtomicInteger(-1);
    private final List<TestServer> servers = new ArrayList<>();
    private final ServerPool users;
    private final Selector selector;
    private final Failover inner =
            Failover.builder().maxAttempts(2).budget(Budget.unlimited()).build();

    OuterCallsIT() {
        for (int i = 0; i < 6; i++) {
            int number = i;
            servers.add(TestServer.of((request, out) -> out.send(good.get() == number ? 200 : 503, "user")));
        }
        users = ServerPool.of(servers.stream().map(TestServer::server).toList());
        selector = users.selector(Algorithms.roundRobin());
    }

    @AfterEach
    void close() {
        assertThat(users.inFlight()).isZero();
        users.close();
        servers.forEach(TestServer::close);
    }

    private String get(Server server) throws IOException, InterruptedException {
        var response =
                http.send(HttpRequest.newBuilder(server.resolve("/users/42")).build(), BodyHandlers.ofString());
        if (response.statusCode() >= 500) throw new IOException(server.id() + " answered " + response.statusCode());
        return response.body();
    }

    private List<Integer> hits() {
        return servers.stream().map(TestServer::hits).toList();
    }

    private int sends() {
        return hits().stream().mapToInt(Integer::intValue).sum();
    }

    private static CircuitBreaker<Object> failsafeBreaker() {
        return CircuitBreaker.builder()
                .withFailureThreshold(2)
                .withDelay(Duration.ofMinutes(1))
                .build();
    }

    private FailsafeCalls failsafe() {
        CircuitBreaker<Object> breaker = failsafeBreaker();
        RetryPolicy<Object> retry = RetryPolicy.builder()
                .handle(IOException.class, NoServerAvailableException.class)
                .withBackoff(WAIT, WAIT.multipliedBy(10))
                .withJitter(0.2)
                .withMaxAttempts(3)
                .build();
        return new FailsafeCalls(Failsafe.with(breaker, retry), selector, inner);
    }

    private ResilienceCalls resilience() {
        var breaker = io.github.resilience4j.circuitbreaker.CircuitBreaker.of(
                "users",
                CircuitBreakerConfig.custom()
                        .slidingWindowSize(2)
                        .minimumNumberOfCalls(2)
                        .build());
        Retry retry = Retry.of(
                "users",
                RetryConfig.custom()
                        .maxAttempts(3)
                        .retryExceptions(IOException.class, NoServerAvailableException.class)
                        .intervalFunction(IntervalFunction.ofExponentialRandomBackoff(WAIT, 2))
                        .build());
        return new ResilienceCalls(breaker, retry, selector, inner);
    }

    @Test
    void threeRoundsOfTwoAttemptsAreSixSendsToSixServers() {
        assertThatThrownBy(() -> failsafe().call(attempt -> get(attempt.server())))
                .isInstanceOf(FailsafeException.class)
                .cause()
                .hasMessageEndingWith("answered 503");
        assertThat(hits()).containsExactly(1, 1, 1, 1, 1, 1);
        assertThat(inner.stats().calls()).as("rounds").isEqualTo(3);
    }

    @Test
    void withResilience4jAsWell() {
        assertThatThrownBy(() -> resilience().call(attempt -> get(attempt.server())))
                .isInstanceOf(IOException.class)
                .hasMessageEndingWith("answered 503");
        assertThat(hits()).containsExactly(1, 1, 1, 1, 1, 1);
        assertThat(inner.stats().calls()).as("rounds").isEqualTo(3);
    }

    @Test
    void soTheOneGoodServerIsFoundWhereverItIs() throws Exception {
        FailsafeCalls failsafe = failsafe();
        ResilienceCalls resilience = resilience();
        for (int i = 0; i < 6; i++) {
            good.set(i);
            assertThat(failsafe.<String>call(attempt -> get(attempt.server()))).isEqualTo("user");
            assertThat(resilience.<String>call(attempt -> get(attempt.server())))
                    .isEqualTo("user");
        }
    }

    @Test
    void theBreakerCountsCallsNotSendsAndThenNothingIsSent() {
        FailsafeCalls calls = failsafe();
        for (int i = 0; i < 2; i++)
            assertThatThrownBy(() -> calls.call(attempt -> get(attempt.server())))
                    .isInstanceOf(FailsafeException.class);
        int before = sends();
        assertThat(before).as("2 calls x 3 rounds x 2 attempts").isEqualTo(12);
        assertThatThrownBy(() -> calls.call(attempt -> get(attempt.server())))
                .isInstanceOf(CircuitBreakerOpenException.class);
        assertThat(sends()).isEqualTo(before);
    }

    @Test
    void andSoDoesThatOfResilience4j() {
        ResilienceCalls calls = resilience();
        for (int i = 0; i < 2; i++)
            assertThatThrownBy(() -> calls.call(attempt -> get(attempt.server())))
                    .isInstanceOf(IOException.class);
        int before = sends();
        assertThat(before).as("2 calls x 3 rounds x 2 attempts").isEqualTo(12);
        assertThatThrownBy(() -> calls.call(attempt -> get(attempt.server())))
                .isInstanceOf(CallNotPermittedException.class);
        assertThat(sends()).isEqualTo(before);
    }

    @Test
    void waitingIsWhatHelpsWhenThereIsNoServer() throws Exception {
        good.set(3);
        List<Server> all = servers.stream().map(TestServer::server).toList();
        users.update(List.of());
        RetryPolicy<Object> retry = RetryPolicy.builder()
                .handle(NoServerAvailableException.class)
                .withDelay(WAIT)
                .onRetry(round -> users.update(all.subList(3, 4)))
                .build();
        FailsafeCalls calls = new FailsafeCalls(Failsafe.with(retry), selector, inner);
        assertThat(calls.<String>call(attempt -> get(attempt.server()))).isEqualTo("user");
    }
}
