package org.lb4j.client.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.lb4j.client.testing.Fleet.PATIENCE;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.lb4j.Outcome;
import org.lb4j.client.Services;
import org.lb4j.client.testing.Fleet;
import org.lb4j.failover.Budget;
import org.lb4j.failover.Failover;
import org.lb4j.failover.Hedge;
import org.lb4j.testing.TestServer;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.Disposable;
import reactor.core.publisher.SignalType;

/** WebClient in a crowd: servers that answer, refuse, drop and hang by turns, hedges, timeouts, and callers that leave. */
@Timeout(60)
final class CrowdIT {
    private final Fleet fleet = new Fleet();

    @AfterEach
    void nothingIsLeftInFlight() {
        fleet.close();
    }

    @ParameterizedTest
    @EnumSource
    void eachCallEndsOnceAndNothingIsLeft(BalancedExchangeFilterIT.Beneath beneath) throws InterruptedException {
        TestServer.Answer moody = (request, out) -> {
            switch (request.number() % 7) {
                case 0 -> out.drop();
                case 1 -> out.reset();
                case 2 -> out.send(503, "busy", "Retry-After: 1");
                case 3 -> out.hang();
                default -> out.send(200, "x".repeat(5000));
            }
        };
        Failover failover = Failover.builder()
                .attemptTimeout(Duration.ofMillis(100))
                .hedge(Hedge.after(Duration.ofMillis(20)).budget(Budget.unlimited()))
                .budget(Budget.unlimited())
                .build();
        Services services = fleet.start(service -> service.failover(failover).repeatOnStatus(503), moody, moody, moody);
        WebClient client = WebClient.builder()
                .clientConnector(beneath.connector())
                .filter(BalancedExchangeFilter.of(services))
                .build();
        long seed = System.nanoTime();
        Random random = new Random(seed);
        List<Disposable> calls = new ArrayList<>();
        AtomicInteger ended = new AtomicInteger();
        Semaphore places = new Semaphore(60);
        for (int i = 1; i <= 800; i++) {
            places.acquire();
            WebClient.RequestHeadersSpec<?> request = random.nextBoolean()
                    ? client.get().uri("http://users/")
                    : client.post().uri("http://users/").bodyValue("x");
            calls.add(request.retrieve()
                    .bodyToMono(String.class)
                    .doFinally((SignalType any) -> {
                        ended.incrementAndGet();
                        places.release();
                    })
                    .subscribe(body -> {}, thrown -> {}));
            if (random.nextInt(3) == 0) calls.get(random.nextInt(calls.size())).dispose();
            if (random.nextInt(10) == 0) calls.get(i - 1).dispose();
        }
        await().atMost(PATIENCE).until(() -> ended.get() == calls.size());
        fleet.awaitIdle();
        assertThat(fleet.ends())
                .as("seed " + seed)
                .hasSizeGreaterThanOrEqualTo(800)
                .contains(Outcome.values());
    }
}
