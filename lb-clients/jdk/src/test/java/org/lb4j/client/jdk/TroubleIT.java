package org.lb4j.client.jdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.lb4j.client.jdk.Calls.USERS;
import static org.lb4j.client.jdk.Calls.get;
import static org.lb4j.client.jdk.Calls.post;
import static org.lb4j.client.jdk.Calls.wrap;
import static org.lb4j.client.testing.Fleet.drop;
import static org.lb4j.client.testing.Fleet.hang;
import static org.lb4j.client.testing.Fleet.ok;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Flow;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.lb4j.Outcome;
import org.lb4j.SelectionContext;
import org.lb4j.Selector;
import org.lb4j.algorithm.Algorithms;
import org.lb4j.client.ServiceSettings;
import org.lb4j.client.testing.Fleet;
import org.lb4j.failover.Attempt;
import org.lb4j.failover.Budget;
import org.lb4j.failover.Failover;
import org.lb4j.failover.Hedge;
import org.lb4j.failover.Repeat;
import org.lb4j.testing.Nginx;
import org.lb4j.testing.RequiresProgram;
import org.lb4j.testing.TestServer;

/** The wrapper when callers leave, servers hang or die, and bodies and handlers are not what they should be. */
@Timeout(60)
final class TroubleIT {

    private final Fleet fleet = new Fleet();

    @AfterEach
    void nothingIsLeftInFlight() {
        fleet.close();
    }

    @Test
    void aServerThatIsGoneCostsNoCall() throws Exception {
        HttpClient client = client(ok("a"), ok("b"), ok("c"));
        fleet.server(1).close();
        for (int i = 0; i < 30; i++)
            assertThat(client.send(get(), BodyHandlers.ofString()).statusCode()).isEqualTo(200);
        for (int i = 0; i < 30; i++)
            assertThat(client.send(post(), BodyHandlers.ofString()).statusCode())
                    .isEqualTo(200);
        assertThat(fleet.server(0).hits() + fleet.server(2).hits()).isEqualTo(60);
    }

    @Test
    void cancellingWhatWasDerivedClosesTheConnection() throws Exception {
        HttpClient client = client(hang());
        for (Consumer<CompletableFuture<?>> leave : List.<Consumer<CompletableFuture<?>>>of(
                call -> call.cancel(false),
                call -> call.thenApply(each -> 1).cancel(true),
                call -> call.copy().cancel(false),
                call -> call.complete(null))) {
            int before = fleet.hits();
            CompletableFuture<HttpResponse<String>> call = client.sendAsync(get(), BodyHandlers.ofString());
            fleet.awaitHits(before + 1);
            leave.accept(call);
            fleet.awaitLeft(0);
            assertThat(fleet.pool().inFlight()).isZero();
        }
        assertThat(fleet.ends()).hasSize(4).containsOnly(Outcome.CANCELLED);
    }

    @Test
    void aLimitOfTheCallersOwnEndsTheExchange() {
        HttpClient client = client(hang());
        assertThatThrownBy(() -> client.sendAsync(get(), BodyHandlers.ofString())
                        .orTimeout(100, TimeUnit.MILLISECONDS)
                        .get())
                .hasCauseInstanceOf(TimeoutException.class);
        fleet.awaitLeft(0);
        assertThat(fleet.ends()).containsExactly(Outcome.TIMEOUT);
    }

    @Test
    void aServerThatHangsIsGivenUpForAnother() throws Exception {
        Failover failover =
                Failover.builder().attemptTimeout(Duration.ofMillis(200)).build();
        HttpClient client = client(service -> service.failover(failover), hang(), ok("b"));
        for (int i = 0; i < 2; i++) {
            assertThat(client.send(get(), BodyHandlers.ofString()).body()).isEqualTo("b");
            assertThat(client.sendAsync(get(), BodyHandlers.ofString()).get().body())
                    .isEqualTo("b");
        }
        assertThat(fleet.ends()).contains(Outcome.TIMEOUT).doesNotContain(Outcome.FAILURE);
    }

    @Test
    void aBodyThatDripsEndsAtTheWall() {
        Failover failover = Failover.builder().timeout(Duration.ofMillis(500)).build();
        HttpClient client = client(service -> service.failover(failover), (request, out) -> {
            out.head(200, 1000);
            for (int i = 0; i < 1000; i++) {
                out.write("x");
                java.util.concurrent.locks.LockSupport.parkNanos(50_000_000);
            }
        });
        assertThatThrownBy(() -> client.send(get(), BodyHandlers.ofString()))
                .isInstanceOf(HttpTimeoutException.class)
                .hasMessage("request timed out");
        assertThatThrownBy(
                        () -> client.sendAsync(get(), BodyHandlers.ofString()).get())
                .hasCauseInstanceOf(TimeoutException.class);
        assertThat(fleet.ends()).containsExactly(Outcome.TIMEOUT, Outcome.TIMEOUT);
        assertThat(fleet.hits()).isEqualTo(2);
    }

    @Test
    void ourOwnFaultsBlameNoServerAndAreNotRepeated() {
        HttpClient client = client(ok("a"), ok("b"));
        assertThatThrownBy(() -> client.send(get(), info -> {
                    throw new IllegalStateException("handler");
                }))
                .hasStackTraceContaining("handler");
        HttpRequest broken = HttpRequest.newBuilder(USERS)
                .PUT(BodyPublishers.ofInputStream(() -> {
                    throw new IllegalStateException("publisher");
                }))
                .build();
        assertThatThrownBy(() -> client.send(broken, BodyHandlers.ofString())).isNotNull();
        assertThat(fleet.ends()).hasSize(2).containsOnly(Outcome.CANCELLED);
    }

    @Test
    void aPublisherThatNobodyKnowsIsNotAskedTwice() {
        TestServer.Answer drop = drop();
        HttpRequest.BodyPublisher once = BodyPublishers.fromPublisher(BodyPublishers.ofString("body"), 4);
        HttpRequest put = HttpRequest.newBuilder(USERS).PUT(once).build();
        HttpClient careful = client(drop, drop);
        assertThatThrownBy(() -> careful.send(put, BodyHandlers.ofString())).isInstanceOf(IOException.class);
        assertThat(fleet.hits()).isEqualTo(1);
    }

    @Test
    void ofABodyOfWhichThereIsOneTwoAttemptsDoNotShareTheStream() {
        fleet.start(ok("a"));
        Failover failover = Failover.defaults();
        Selector selector = fleet.pool().selector(Algorithms.roundRobin());
        Attempt one = failover.attempts(selector, SelectionContext.none(), Repeat.FREELY)
                .first();
        Attempt two = failover.attempts(selector, SelectionContext.none(), Repeat.FREELY)
                .first();
        HttpRequest.BodyPublisher body = BodyPublishers.fromPublisher(BodyPublishers.ofString("body"), 4);
        for (boolean vouchedFor : List.of(true, false)) {
            AtomicReference<Attempt> asked = new AtomicReference<>();
            AtomicInteger bodies = new AtomicInteger();
            new WatchedPublisher(body, one, asked, vouchedFor).subscribe(new Counting(bodies));
            new WatchedPublisher(body, one, asked, vouchedFor).subscribe(new Counting(bodies)); // the JDK's own repeat
            WatchedPublisher other = new WatchedPublisher(body, two, asked, vouchedFor);
            if (vouchedFor) other.subscribe(new Counting(bodies));
            else
                assertThatThrownBy(() -> other.subscribe(new Counting(bodies)))
                        .hasMessage("the body is being sent by another attempt, and there is one of it");
            assertThat(bodies).hasValue(vouchedFor ? 3 : 2);
        }
        one.lease().success();
        two.lease().success();
    }

    private record Counting(AtomicInteger bodies) implements Flow.Subscriber<ByteBuffer> {
        @Override
        public void onSubscribe(Flow.Subscription subscription) {
            bodies.incrementAndGet();
        }

        @Override
        public void onNext(ByteBuffer item) {
            // none is requested
        }

        @Override
        public void onError(Throwable thrown) {
            throw new AssertionError(thrown);
        }

        @Override
        public void onComplete() {
            // nor this
        }
    }

    @Test
    void leavingInsideTheBodyEndsTheCall() throws Exception {
        HttpClient client = client((request, out) -> {
            out.head(200, 10);
            out.write("abc");
            out.hang();
        });
        CountDownLatch begun = new CountDownLatch(1);
        CompletableFuture<HttpResponse<String>> call = client.sendAsync(get(), info -> {
            begun.countDown();
            return HttpResponse.BodySubscribers.ofString(StandardCharsets.UTF_8);
        });
        begun.await();
        call.cancel(true);
        fleet.awaitLeft(0);
        fleet.awaitIdle();
        assertThat(fleet.ends()).hasSize(1).doesNotContain(Outcome.FAILURE, Outcome.TIMEOUT);
    }

    @Test
    void anInterruptEndsTheCall() throws Exception {
        HttpClient client = client(hang());
        CompletableFuture<Throwable> thrown = new CompletableFuture<>();
        Thread caller =
                new Thread(() -> thrown.complete(catchThrowable(() -> client.send(get(), BodyHandlers.ofString()))));
        caller.start();
        fleet.awaitHits(1);
        caller.interrupt();
        assertThat(thrown.get()).isInstanceOf(InterruptedException.class);
        fleet.awaitLeft(0);
        assertThat(fleet.ends()).containsExactly(Outcome.CANCELLED);
    }

    @Test
    void aSlowServerIsHedged() throws Exception {
        Hedge hedge = Hedge.after(Duration.ofMillis(50)).budget(Budget.unlimited());
        Failover failover = Failover.builder().hedge(hedge).build();
        HttpClient client = client(service -> service.failover(failover), hang(), ok("b"));
        for (int i = 0; i < 2; i++) {
            HttpResponse<String> response = client.send(get(), BodyHandlers.ofString());
            assertThat(response.body()).isEqualTo("b");
        }
        assertThat(failover.stats().hedgesWon()).isPositive();
        fleet.awaitLeft(0);
        assertThat(fleet.ends()).contains(Outcome.CANCELLED);
    }

    @Test
    void closingOnNewJavaClosesTheWrappedClient() throws Exception {
        BalancedHttpClient client = (BalancedHttpClient) client(ok("a"));
        client.send(get(), BodyHandlers.ofString());
        client.close();
        boolean canClose = Stream.of(HttpClient.class.getMethods())
                .anyMatch(each -> each.getName().equals("close"));
        assertThat(client.isTerminated()).isEqualTo(canClose);
        assertThat(client.awaitTermination(Duration.ofSeconds(1))).isEqualTo(canClose);
    }

    /** J1: three processes under the load of eight threads; one is killed with -9. What was sent is counted where it is logged. */
    @RequiresProgram("nginx")
    @Test
    void throughNginxNoGetFailsAndNoPostIsSentTwice(@TempDir Path folder) throws Exception {
        int calls = 800;
        CountDownLatch underWay = new CountDownLatch(calls / 4);
        AtomicInteger posted = new AtomicInteger();
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try (Nginx one = Nginx.start(folder, 1);
                Nginx two = Nginx.start(folder, 2);
                Nginx three = Nginx.start(folder, 3)) {
            HttpClient client = wrap(fleet.of(service -> {}, List.of(one.server(), two.server(), three.server())));
            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < calls; i++) {
                URI uri = URI.create("http://users/?call=" + i);
                boolean get = i % 2 == 0;
                all.add(threads.submit(() -> {
                    if (get)
                        assertThat(text(client, HttpRequest.newBuilder(uri))).startsWith("nginx-");
                    else posted.addAndGet(postOrLose(client, uri));
                    underWay.countDown();
                    return null;
                }));
            }
            underWay.await();
            three.kill();
            for (Future<?> each : all) each.get();
        } finally {
            threads.shutdownNow();
        }
        List<String> posts = new ArrayList<>();
        for (int i = 1; i <= 3; i++) {
            Path log = folder.resolve("nginx-" + i).resolve("access.log");
            posts.addAll(Files.readAllLines(log).stream()
                    .filter(line -> line.contains("\"POST "))
                    .map(line -> line.replaceFirst(".*[?]call=([0-9]+) .*", "$1"))
                    .toList());
        }
        assertThat(posts).doesNotHaveDuplicates().hasSizeGreaterThan(calls / 4); // nginx answers before it logs
        assertThat(posted).hasValueGreaterThan(calls / 2 * 9 / 10); // the others were under way to the one that died
    }

    private static String text(HttpClient client, HttpRequest.Builder request) throws Exception {
        return client.send(request.build(), BodyHandlers.ofString()).body();
    }

    /** Sent on a connection that was closed meanwhile: nobody knows, so nobody repeats. */
    private static int postOrLose(HttpClient client, URI uri) throws Exception {
        try {
            text(client, HttpRequest.newBuilder(uri).POST(BodyPublishers.ofString("x")));
            return 1;
        } catch (IOException ambiguous) {
            return 0;
        }
    }

    private HttpClient client(TestServer.Answer... answers) {
        return client(service -> {}, answers);
    }

    private HttpClient client(Consumer<ServiceSettings> settings, TestServer.Answer... answers) {
        return wrap(fleet.start(settings, answers));
    }
}
