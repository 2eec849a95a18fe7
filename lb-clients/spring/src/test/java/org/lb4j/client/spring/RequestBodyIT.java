package org.lb4j.client.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.lb4j.client.testing.Fleet.ok;

import io.netty.channel.ConnectTimeoutException;
import io.netty.handler.timeout.ReadTimeoutException;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.lb4j.Outcome;
import org.lb4j.client.Services;
import org.lb4j.client.testing.Fleet;
import org.lb4j.failover.Budget;
import org.lb4j.failover.Failover;
import org.lb4j.failover.Failure;
import org.lb4j.failover.Hedge;
import org.lb4j.testing.TestServer;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.internal.shaded.reactor.pool.PoolAcquireTimeoutException;

/** Request bodies of WebClient that break, or of which there is one; and exceptions that only Netty has. */
@Timeout(60)
final class RequestBodyIT {
    private final Fleet fleet = new Fleet();

    @AfterEach
    void nothingIsLeftInFlight() {
        fleet.close();
    }

    @ParameterizedTest
    @EnumSource
    void aBodyThatBreaksBlamesNoServerAndIsNotRepeated(BalancedExchangeFilterIT.Beneath beneath) {
        Services services = fleet.start(ok("a"), ok("b"));
        WebClient client = WebClient.builder()
                .clientConnector(beneath.connector())
                .filter(BalancedExchangeFilter.of(services))
                .build();
        for (Exception ours : new Exception[] {new IOException("ours"), new TimeoutException("ours")}) {
            fleet.ends().clear();
            Flux<String> body = Flux.concat(Flux.just("whole"), Flux.error(ours));
            assertThatThrownBy(() -> client.put()
                            .uri("http://users/")
                            .body(body, String.class)
                            .retrieve()
                            .toBodilessEntity()
                            .block())
                    .hasStackTraceContaining("ours");
            assertThat(fleet.ends()).containsExactly(Outcome.CANCELLED);
        }
        assertThat(fleet.hits()).isLessThanOrEqualTo(2);
    }

    /** Both attempts are held back until both are there, as they are when a connection takes longer than the hedge waits. */
    @ParameterizedTest
    @EnumSource
    void aHedgeDoesNotShareAStreamWithTheFirstAttempt(BalancedExchangeFilterIT.Beneath beneath) {
        Hedge hedge = Hedge.after(Duration.ofMillis(20)).budget(Budget.unlimited());
        Failover failover = Failover.builder().hedge(hedge).build();
        Services services = fleet.start(service -> service.failover(failover), ok("done"), ok("done"));
        CompletableFuture<String> both = new CompletableFuture<>();
        AtomicInteger attempts = new AtomicInteger();
        AtomicInteger asked = new AtomicInteger();
        WebClient client = WebClient.builder()
                .clientConnector(beneath.connector())
                .filter(BalancedExchangeFilter.of(services))
                .filter((request, next) -> {
                    if (attempts.incrementAndGet() == 2) both.complete("both");
                    return Mono.fromFuture(both).flatMap(there -> next.exchange(request));
                })
                .build();
        String answer = client.put()
                .uri("http://users/")
                .body(Flux.just("who", "le").doOnSubscribe(each -> asked.incrementAndGet()), String.class)
                .retrieve()
                .bodyToMono(String.class)
                .block();
        assertThat(answer).isEqualTo("done");
        assertThat(asked).hasValue(1);
        assertThat(fleet.servers().stream().flatMap(each -> each.requests().stream()))
                .extracting(TestServer.Request::body)
                .containsOnlyOnce("whole")
                .allMatch(each -> each.isEmpty() || each.equals("whole"));
        assertThat(fleet.ends()).doesNotContain(Outcome.FAILURE);
    }

    /** They are known by name only, so a name that changes must be noticed here. */
    @Test
    void whatNettyThrowsIsKnown() {
        assertThat(Failure.of(new ConnectTimeoutException())).isEqualTo(Failure.NEVER_SENT);
        assertThat(Failure.isLate(new ConnectTimeoutException())).isTrue();
        assertThat(Failure.of(ReadTimeoutException.INSTANCE)).isEqualTo(Failure.AMBIGUOUS);
        assertThat(Failure.isLate(ReadTimeoutException.INSTANCE)).isTrue();
        assertThat(Failure.of(new PoolAcquireTimeoutException(Duration.ofSeconds(1))))
                .isEqualTo(Failure.LOCAL);
    }
}
