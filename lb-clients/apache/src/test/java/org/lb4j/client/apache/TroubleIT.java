package org.lb4j.client.apache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.lb4j.client.testing.Fleet.PATIENCE;
import static org.lb4j.client.testing.Fleet.ok;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.ConnectException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.GZIPOutputStream;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.classic.methods.HttpPut;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.DefaultHttpRequestRetryStrategy;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ConnectionRequestTimeoutException;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.io.entity.EntityUtils;
import org.apache.hc.core5.http.io.entity.InputStreamEntity;
import org.apache.hc.core5.http.io.entity.StringEntity;
import org.apache.hc.core5.util.TimeValue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.lb4j.Hold;
import org.lb4j.Outcome;
import org.lb4j.Server;
import org.lb4j.client.Services;
import org.lb4j.client.testing.Fleet;
import org.lb4j.failover.FailedAttempts;
import org.lb4j.failover.Failover;
import org.lb4j.testing.TestServer;

/** The classic client when callers leave, pools are full, bodies can not be made again, and servers come and go. */
@Timeout(60)
final class TroubleIT {
    private final Fleet fleet = new Fleet();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private CloseableHttpClient client;

    @AfterEach
    void nothingIsLeftInFlight() throws IOException {
        fleet.close();
        threads.shutdownNow();
        if (client != null) client.close();
    }

    @Test
    void cancellingBeforeTheHeadEndsTheCall() {
        start((request, out) -> out.hang(), (request, out) -> out.hang());
        HttpGet get = get();
        Future<String> call = threads.submit(() -> text(get));
        fleet.awaitHits(1);
        get.cancel();
        assertThatThrownBy(call::get).isInstanceOf(ExecutionException.class);
        assertThat(fleet.ends()).containsExactly(Outcome.CANCELLED);
        assertThat(fleet.hits()).isEqualTo(1);
    }

    @Test
    void cancellingInsideTheBodyBlamesNobody() throws Exception {
        start((request, out) -> {
            out.head(200, 10);
            out.write("abc");
            out.hang();
        });
        HttpGet get = get();
        CompletableFuture<Void> begun = new CompletableFuture<>();
        Future<?> call = threads.submit(() -> client.execute(get, response -> {
            begun.complete(null);
            return EntityUtils.toString(response.getEntity());
        }));
        begun.get();
        get.cancel();
        assertThatThrownBy(call::get).isInstanceOf(ExecutionException.class);
        assertThat(fleet.ends()).hasSize(1).doesNotContain(Outcome.FAILURE, Outcome.TIMEOUT);
        assertThat(fleet.pool().inFlight()).isZero();
    }

    @Test
    void closingTheClientEndsWhatWaits() {
        start((request, out) -> out.hang());
        Future<String> call = threads.submit(() -> text(get()));
        fleet.awaitHits(1);
        client.close(org.apache.hc.core5.io.CloseMode.IMMEDIATE);
        assertThatThrownBy(call::get).isInstanceOf(ExecutionException.class);
        assertThat(fleet.pool().inFlight()).isZero();
    }

    @Test
    void aFullPoolOfOurOwnBlamesNoServerAndIsNotRepeated() throws Exception {
        Services services = fleet.start(service -> {}, (request, out) -> out.hang());
        RequestConfig soon = RequestConfig.custom()
                .setConnectionRequestTimeout(50, java.util.concurrent.TimeUnit.MILLISECONDS)
                .build();
        install(
                HttpClients.custom()
                        .setDefaultRequestConfig(soon)
                        .setConnectionManager(PoolingHttpClientConnectionManagerBuilder.create()
                                .setMaxConnPerRoute(1)
                                .build()),
                services);
        HttpGet first = get();
        Future<String> call = threads.submit(() -> text(first));
        fleet.awaitHits(1);
        assertThatThrownBy(() -> text(get())).isInstanceOf(ConnectionRequestTimeoutException.class);
        assertThat(fleet.ends()).containsExactly(Outcome.CANCELLED);
        first.cancel();
        assertThatThrownBy(call::get).isInstanceOf(ExecutionException.class);
        assertThat(fleet.ends()).containsExactly(Outcome.CANCELLED, Outcome.CANCELLED);
    }

    @Test
    void timeForAFullPoolIsPartOfTheAttempt() {
        Failover failover =
                Failover.builder().attemptTimeout(Duration.ofMillis(100)).build();
        Services services = fleet.start(service -> service.failover(failover), (request, out) -> out.hang());
        install(
                HttpClients.custom()
                        .setConnectionManager(PoolingHttpClientConnectionManagerBuilder.create()
                                .setMaxConnTotal(1)
                                .setMaxConnPerRoute(1)
                                .build()),
                services);
        Future<String> hangs = threads.submit(() -> text(get()));
        await().atMost(PATIENCE).until(() -> fleet.hits() >= 1);
        assertThatThrownBy(() -> text(get())).isInstanceOf(IOException.class);
        assertThatThrownBy(hangs::get).isInstanceOf(ExecutionException.class);
        assertThat(fleet.pool().inFlight()).isZero();
    }

    @Test
    void aBodyThatCanBeReadOnceIsNotSentAgainButStillGoesPastADeadServer() throws IOException {
        start((request, out) -> out.drop(), ok("b"));
        int failed = 0;
        for (int i = 0; i < 2; i++) {
            try {
                assertThat(text(putOnce())).isEqualTo("b");
            } catch (IOException dropped) {
                failed++;
            }
        }
        assertThat(failed).isEqualTo(1);
        assertThat(fleet.hits()).isEqualTo(2);
        fleet.kill(0);
        for (int i = 0; i < 4; i++) assertThat(text(putOnce())).isEqualTo("b");
        assertThat(fleet.server(1).requests())
                .allSatisfy(each -> assertThat(each.body()).isEqualTo("once"));
    }

    @Test
    void aRedirectToAServiceIsBalancedAgain() throws IOException {
        start((request, out) -> {
            if (request.target().equals("/42")) out.send(302, "go", "Location: http://users/43");
            else out.send(200, request.target());
        });
        for (int i = 0; i < 3; i++) assertThat(text(get())).isEqualTo("/43");
        assertThat(fleet.ends()).hasSize(6).containsOnly(Outcome.SUCCESS);
    }

    @Test
    void aRedirectToAnotherHostHasHttpClientsOwnRepeatsAgain() throws IOException {
        TestServer other = fleet.serve((request, out) -> out.send(request.number() == 1 ? 503 : 200, "other"));
        String elsewhere = "Location: http://" + other.server().hostPort() + "/";
        Services services = fleet.start(service -> {}, (request, out) -> out.send(302, "go", elsewhere));
        client = BalancedApache.install(
                        HttpClients.custom(),
                        services,
                        new DefaultHttpRequestRetryStrategy(1, TimeValue.ofMilliseconds(1)))
                .build();
        assertThat(text(get())).isEqualTo("other");
        assertThat(other.hits()).isEqualTo(2);
        assertThat(fleet.ends()).containsExactly(Outcome.SUCCESS);
    }

    @Test
    void aCompressedBodyIsReadAndCountedToo() throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write("hello".repeat(1000).getBytes(StandardCharsets.UTF_8));
        }
        start((request, out) -> {
            out.head(200, packed.size(), "Content-Encoding: gzip");
            out.write(packed.toByteArray());
        });
        for (int i = 0; i < 3; i++) assertThat(text(get())).isEqualTo("hello".repeat(1000));
        assertThat(fleet.pool().inFlight()).isZero();
        assertThat(fleet.ends()).hasSize(3).containsOnly(Outcome.SUCCESS);
    }

    /** A proxy goes where the request says, so there the server is called by its own address. */
    @Test
    void aProxyIsToldTheServer() throws IOException {
        TestServer proxy = fleet.serve((request, out) -> out.send(200, request.target()));
        Services services = fleet.of(service -> {}, List.of(Server.of("127.0.0.9", 8080)));
        install(
                HttpClients.custom()
                        .setProxy(
                                new HttpHost("http", "127.0.0.1", proxy.server().port())),
                services);
        assertThat(text(get())).isEqualTo("http://127.0.0.9:8080/42");
        assertThat(fleet.ends()).containsExactly(Outcome.SUCCESS);
    }

    @Test
    void aCallThatFailedTellsItsStory() {
        start(ok("a"), ok("b"));
        fleet.kill(0);
        fleet.kill(1);
        assertThatThrownBy(() -> text(get()))
                .isInstanceOf(ConnectException.class)
                .satisfies(thrown -> assertThat(FailedAttempts.in(thrown))
                        .hasMessageStartingWith("2 attempts, no other server left: #1"));
    }

    /** Servers leave and come back one by one, drained first, while eight threads call. */
    @Test
    void aRollingRestartCostsNoCall() throws Exception {
        start(ok("a"), ok("b"), ok("c"));
        AtomicInteger calls = new AtomicInteger();
        CompletableFuture<Void> over = new CompletableFuture<>();
        List<Future<?>> callers = new ArrayList<>();
        for (int i = 0; i < 4; i++)
            callers.add(threads.submit(() -> {
                while (!over.isDone()) {
                    assertThat(text(calls.incrementAndGet() % 2 == 0 ? get() : post()))
                            .isNotEmpty();
                }
                return null;
            }));
        List<TestServer> running = new ArrayList<>(fleet.servers());
        for (int i = 0; i < 3; i++) {
            String leaving = running.get(i).server().id();
            int seen = calls.get();
            fleet.pool().hold(leaving, Hold.DRAIN);
            await().atMost(PATIENCE).until(() -> calls.get() > seen + 50);
            await().atMost(PATIENCE).until(() -> fleet.pool().member(leaving).inFlight() == 0);
            running.get(i).close();
            running.set(i, fleet.serve(ok("new")));
            fleet.pool().update(running.stream().map(TestServer::server).toList());
        }
        int seen = calls.get();
        await().atMost(PATIENCE).until(() -> calls.get() > seen + 50);
        over.complete(null);
        for (Future<?> caller : callers) caller.get();
        assertThat(fleet.ends()).containsOnly(Outcome.SUCCESS);
        assertThat(fleet.hits()).isEqualTo(calls.get());
    }

    /** Killed without warning: GETs do not notice, a POST reaches one server or none. */
    @Test
    void serversThatDieUnderLoadCostNoGetAndNoPostIsSentTwice() throws Exception {
        start(ok("a"), ok("b"), ok("c"));
        AtomicInteger posts = new AtomicInteger();
        AtomicInteger calls = new AtomicInteger();
        CompletableFuture<Void> over = new CompletableFuture<>();
        List<Future<?>> callers = new ArrayList<>();
        for (int i = 0; i < 4; i++)
            callers.add(threads.submit(() -> {
                while (!over.isDone()) {
                    calls.incrementAndGet();
                    assertThat(text(get())).isNotEmpty();
                    HttpPost post = post();
                    post.setHeader("X-Number", String.valueOf(posts.incrementAndGet()));
                    try {
                        assertThat(text(post)).isNotEmpty();
                    } catch (IOException nobodyKnows) {
                        // it was under way when its server died
                    }
                }
                return null;
            }));
        await().atMost(PATIENCE).until(() -> calls.get() > 50);
        fleet.kill(0);
        int seen = calls.get();
        await().atMost(PATIENCE).until(() -> calls.get() > seen + 50);
        over.complete(null);
        for (Future<?> caller : callers) caller.get();
        assertThat(fleet.servers().stream()
                        .flatMap(each -> each.requests().stream())
                        .map(each -> each.headers().get("x-number"))
                        .filter(number -> number != null))
                .doesNotHaveDuplicates()
                .hasSizeGreaterThan(50);
    }

    private String text(ClassicHttpRequest request) throws IOException {
        return client.execute(request, TroubleIT::body);
    }

    private static String body(ClassicHttpResponse response) throws IOException {
        try {
            return EntityUtils.toString(response.getEntity());
        } catch (org.apache.hc.core5.http.ParseException e) {
            throw new IOException(e);
        }
    }

    private static HttpGet get() {
        return new HttpGet("http://users/42");
    }

    private static HttpPost post() {
        HttpPost post = new HttpPost("http://users/42");
        post.setEntity(new StringEntity("x"));
        return post;
    }

    private static HttpPut putOnce() {
        HttpPut put = new HttpPut("http://users/42");
        byte[] body = "once".getBytes(StandardCharsets.UTF_8);
        put.setEntity(new InputStreamEntity(new ByteArrayInputStream(body), ContentType.TEXT_PLAIN));
        return put;
    }

    private void start(TestServer.Answer... answers) {
        install(HttpClients.custom(), fleet.start(service -> {}, answers));
    }

    private void install(HttpClientBuilder builder, Services services) {
        client = BalancedApache.install(builder, services).build();
    }
}
