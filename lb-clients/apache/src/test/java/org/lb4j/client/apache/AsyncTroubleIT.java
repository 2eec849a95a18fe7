package org.lb4j.client.apache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.lb4j.client.testing.Fleet.PATIENCE;
import static org.lb4j.client.testing.Fleet.ok;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.apache.hc.client5.http.async.methods.AbstractBinResponseConsumer;
import org.apache.hc.client5.http.async.methods.SimpleHttpRequest;
import org.apache.hc.client5.http.async.methods.SimpleHttpResponse;
import org.apache.hc.client5.http.async.methods.SimpleRequestBuilder;
import org.apache.hc.client5.http.async.methods.SimpleRequestProducer;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.async.CloseableHttpAsyncClient;
import org.apache.hc.client5.http.impl.async.HttpAsyncClientBuilder;
import org.apache.hc.client5.http.impl.async.HttpAsyncClients;
import org.apache.hc.client5.http.impl.nio.PoolingAsyncClientConnectionManagerBuilder;
import org.apache.hc.core5.concurrent.FutureCallback;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.Method;
import org.apache.hc.core5.http.nio.AsyncEntityProducer;
import org.apache.hc.core5.http.nio.entity.BasicAsyncEntityProducer;
import org.apache.hc.core5.http.nio.entity.StringAsyncEntityConsumer;
import org.apache.hc.core5.http.nio.support.BasicRequestProducer;
import org.apache.hc.core5.http.nio.support.BasicResponseConsumer;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.pool.PoolConcurrencyPolicy;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.lb4j.Outcome;
import org.lb4j.client.ServiceSettings;
import org.lb4j.client.Services;
import org.lb4j.client.testing.Fleet;
import org.lb4j.failover.Budget;
import org.lb4j.failover.Failover;
import org.lb4j.failover.Hedge;
import org.lb4j.testing.TestServer;

/** The asynchronous client when callers leave, pools are full, servers hang, and bodies can not be made again. */
@Timeout(60)
final class AsyncTroubleIT {
    private final Fleet fleet = new Fleet();
    private CloseableHttpAsyncClient client;

    @AfterEach
    void nothingIsLeftInFlight() {
        fleet.close();
        if (client != null) client.close(CloseMode.IMMEDIATE);
    }

    /** HttpClient tells of the failure twice after a cancel. */
    @Test
    void cancellingBeforeTheHeadEndsTheCallOnce() {
        start((request, out) -> out.hang(), (request, out) -> out.hang());
        Told told = new Told();
        for (int i = 1; i <= 4; i++) {
            int number = i;
            Future<SimpleHttpResponse> call = client.execute(get(), told);
            fleet.awaitHits(number);
            call.cancel(true);
            assertThatThrownBy(call::get).isInstanceOf(CancellationException.class);
        }
        await().atMost(PATIENCE).until(() -> fleet.servers().stream().allMatch(each -> each.open() == 0));
        assertThat(fleet.pool().inFlight()).isZero();
        assertThat(fleet.ends()).hasSize(4).containsOnly(Outcome.CANCELLED);
        assertThat(fleet.hits()).isEqualTo(4);
        assertThat(told.times).hasValue(4);
    }

    @Test
    void cancellingInsideTheBodyBlamesNobody() {
        start((request, out) -> {
            out.head(200, 10);
            out.write("abc");
            out.hang();
        });
        Future<SimpleHttpResponse> call = client.execute(get(), null);
        fleet.awaitHits(1);
        await().atMost(PATIENCE).until(() -> fleet.pool().members().get(0).inFlight() == 1);
        call.cancel(true);
        fleet.awaitLeft(0);
        fleet.awaitIdle();
        assertThat(fleet.ends()).containsExactly(Outcome.CANCELLED);
    }

    /**
     * HttpClient itself mostly never completes the future of a request that waited for its head when the client was closed.
     * Sometimes it says that the connection was closed, not by whom: then the server is charged, and another attempt may wait.
     */
    @Test
    void whatAClosedClientLeavesWaitingEndsWithACancel() {
        start((request, out) -> out.hang());
        Future<SimpleHttpResponse> waits = client.execute(get(), null);
        fleet.awaitHits(1);
        client.close(CloseMode.IMMEDIATE);
        waits.cancel(true);
        assertThat(waits).isDone();
        fleet.awaitIdle();
        assertThat(fleet.ends()).isNotEmpty().doesNotContain(Outcome.SUCCESS, Outcome.TIMEOUT);
    }

    /** The other policies notice only when a connection comes back. */
    @Test
    void aFullPoolOfOurOwnBlamesNoServerAndIsNotRepeated() {
        Services services = fleet.start(service -> {}, (request, out) -> out.hang());
        RequestConfig soon = RequestConfig.custom()
                .setConnectionRequestTimeout(50, java.util.concurrent.TimeUnit.MILLISECONDS)
                .build();
        install(
                HttpAsyncClients.custom()
                        .setDefaultRequestConfig(soon)
                        .setConnectionManager(PoolingAsyncClientConnectionManagerBuilder.create()
                                .setPoolConcurrencyPolicy(PoolConcurrencyPolicy.OFFLOCK)
                                .setMaxConnPerRoute(1)
                                .build()),
                services);
        Future<SimpleHttpResponse> first = client.execute(get(), null);
        fleet.awaitHits(1);
        assertThatThrownBy(() -> text(get())).hasCauseInstanceOf(TimeoutException.class);
        assertThat(fleet.ends()).containsExactly(Outcome.CANCELLED);
        first.cancel(true);
        fleet.awaitIdle();
        assertThat(fleet.ends()).containsExactly(Outcome.CANCELLED, Outcome.CANCELLED);
        assertThat(fleet.hits()).isEqualTo(1);
    }

    @Test
    void aServerThatHangsIsGivenUpForAnother() throws Exception {
        Failover failover =
                Failover.builder().attemptTimeout(Duration.ofMillis(200)).build();
        start(service -> service.failover(failover), (request, out) -> out.hang(), ok("b"));
        for (int i = 0; i < 2; i++) assertThat(text(get())).isEqualTo("b");
        SimpleRequestBuilder put = SimpleRequestBuilder.put("http://users/42").setBody("whole", ContentType.TEXT_PLAIN);
        for (int i = 0; i < 2; i++) assertThat(text(put.build())).isEqualTo("b");
        assertThat(fleet.ends()).contains(Outcome.TIMEOUT).doesNotContain(Outcome.FAILURE);
        assertThat(fleet.server(1).requests())
                .filteredOn(each -> each.method().equals("PUT"))
                .allSatisfy(each -> assertThat(each.body()).isEqualTo("whole"));
        fleet.awaitLeft(0);
    }

    @Test
    void theWallOfTheCallEndsIt() {
        Failover failover = Failover.builder().timeout(Duration.ofMillis(200)).build();
        start(service -> service.failover(failover), (request, out) -> out.hang());
        assertThatThrownBy(() -> text(get())).hasCauseInstanceOf(TimeoutException.class);
        assertThat(fleet.ends()).containsExactly(Outcome.TIMEOUT);
    }

    @Test
    void aSlowServerIsHedgedButNotARequestWithABody() throws Exception {
        Hedge hedge = Hedge.after(Duration.ofMillis(50)).budget(Budget.unlimited());
        Failover failover = Failover.builder()
                .hedge(hedge)
                .attemptTimeout(Duration.ofMillis(500))
                .build();
        start(service -> service.failover(failover), (request, out) -> out.hang(), ok("b"));
        for (int i = 0; i < 4; i++) assertThat(text(get())).isEqualTo("b");
        assertThat(failover.stats().hedgesWon()).isPositive();
        fleet.awaitLeft(0);
        assertThat(fleet.ends()).contains(Outcome.CANCELLED).doesNotContain(Outcome.TIMEOUT);
        SimpleRequestBuilder put = SimpleRequestBuilder.put("http://users/42").setBody("whole", ContentType.TEXT_PLAIN);
        for (int i = 0; i < 2; i++) assertThat(text(put.build())).isEqualTo("b");
        assertThat(fleet.ends()).contains(Outcome.TIMEOUT); // so it went on after the timeout, not beside
    }

    @Test
    void aBodyThatCanBeProducedOnceIsNotSentAgainButStillGoesPastADeadServer() throws Exception {
        start((request, out) -> out.drop(), ok("b"));
        int failed = 0;
        for (int i = 0; i < 2; i++) {
            try {
                assertThat(putOnce()).isEqualTo("b");
            } catch (ExecutionException dropped) {
                failed++;
            }
        }
        assertThat(failed).isEqualTo(1);
        assertThat(fleet.hits()).isEqualTo(2);
        fleet.kill(0);
        for (int i = 0; i < 4; i++) assertThat(putOnce()).isEqualTo("b");
    }

    @Test
    void ourOwnFaultsBlameNoServer() {
        start(ok("a"), ok("b"));
        Future<Void> call = client.execute(SimpleRequestProducer.create(get()), new Refusing(), null);
        assertThatThrownBy(call::get).hasStackTraceContaining("ours");
        fleet.awaitIdle();
        assertThat(fleet.ends()).containsExactly(Outcome.CANCELLED);
        assertThat(fleet.hits()).isEqualTo(1);
    }

    @Test
    void aRedirectToAServiceIsBalancedAgain() throws Exception {
        start((request, out) -> {
            if (request.target().equals("/42")) out.send(302, "go", "Location: http://users/43");
            else out.send(200, request.target());
        });
        for (int i = 0; i < 3; i++) assertThat(text(get())).isEqualTo("/43");
        assertThat(fleet.ends()).hasSize(6).containsOnly(Outcome.SUCCESS);
    }

    /** Servers that answer, refuse, drop and hang by turns, hedges, timeouts, and callers that leave at any moment. */
    @Test
    void inACrowdEachCallEndsOnceAndNothingIsLeft() throws Exception {
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
        install(
                HttpAsyncClients.custom()
                        .setConnectionManager(PoolingAsyncClientConnectionManagerBuilder.create()
                                .setMaxConnTotal(1000)
                                .setMaxConnPerRoute(300)
                                .build()),
                fleet.start(service -> service.failover(failover).repeatOnStatus(503), moody, moody, moody));
        long seed = System.nanoTime();
        Random random = new Random(seed);
        List<Told> told = new ArrayList<>();
        List<Future<SimpleHttpResponse>> calls = new ArrayList<>();
        for (int i = 0; i < 1500; i++) {
            Told each = new Told();
            told.add(each);
            calls.add(client.execute(random.nextBoolean() ? get() : post(), each));
            if (random.nextInt(3) == 0) calls.get(random.nextInt(calls.size())).cancel(true);
            if (i % 50 == 0) calls.get(random.nextInt(calls.size())).cancel(true);
            if (calls.size() > 100) ended(calls.get(i - 100));
        }
        for (Future<SimpleHttpResponse> call : calls) ended(call);
        fleet.awaitIdle();
        assertThat(told).as("seed " + seed).allMatch(each -> each.times.get() == 1);
        assertThat(fleet.ends()).hasSizeGreaterThanOrEqualTo(1500).contains(Outcome.values());
    }

    private static void ended(Future<?> call) throws InterruptedException {
        try {
            call.get();
        } catch (ExecutionException | CancellationException asMayBe) {
            // how it ends is not the question
        }
    }

    private String text(SimpleHttpRequest request) throws Exception {
        return client.execute(request, null).get().getBodyText();
    }

    private String putOnce() throws Exception {
        AsyncEntityProducer body =
                new BasicAsyncEntityProducer(
                        "once".getBytes(java.nio.charset.StandardCharsets.UTF_8), ContentType.TEXT_PLAIN) {
                    @Override
                    public boolean isRepeatable() {
                        return false;
                    }
                };
        return client.execute(
                        new BasicRequestProducer(Method.PUT, java.net.URI.create("http://users/42"), body),
                        new BasicResponseConsumer<>(new StringAsyncEntityConsumer()),
                        null)
                .get()
                .getBody();
    }

    private static SimpleHttpRequest get() {
        return SimpleRequestBuilder.get("http://users/42").build();
    }

    private static SimpleHttpRequest post() {
        return SimpleRequestBuilder.post("http://users/42")
                .setBody("x", ContentType.TEXT_PLAIN)
                .build();
    }

    private void start(TestServer.Answer... answers) {
        start(service -> {}, answers);
    }

    private void start(Consumer<ServiceSettings> settings, TestServer.Answer... answers) {
        install(HttpAsyncClients.custom(), fleet.start(settings, answers));
    }

    private void install(HttpAsyncClientBuilder builder, Services services) {
        client = BalancedApache.install(builder, services).build();
        client.start();
    }

    /** Counts how often it is told of an end. */
    private static final class Told implements FutureCallback<SimpleHttpResponse> {
        final AtomicInteger times = new AtomicInteger();

        @Override
        public void completed(SimpleHttpResponse result) {
            times.incrementAndGet();
        }

        @Override
        public void failed(Exception ex) {
            times.incrementAndGet();
        }

        @Override
        public void cancelled() {
            times.incrementAndGet();
        }
    }

    /** A consumer that breaks on the first byte. */
    private static final class Refusing extends AbstractBinResponseConsumer<Void> {
        @Override
        protected void start(HttpResponse response, ContentType contentType) {}

        @Override
        protected int capacityIncrement() {
            return 1000;
        }

        @Override
        protected void data(ByteBuffer src, boolean endOfStream) {
            throw new IllegalStateException("ours");
        }

        @Override
        protected Void buildResult() {
            return null;
        }

        @Override
        public void releaseResources() {}
    }
}
