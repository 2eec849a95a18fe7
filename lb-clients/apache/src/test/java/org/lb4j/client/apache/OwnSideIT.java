package org.lb4j.client.apache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.lb4j.client.testing.Fleet.PATIENCE;
import static org.lb4j.client.testing.Fleet.bad;
import static org.lb4j.client.testing.Fleet.ok;

import java.io.File;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.async.methods.SimpleHttpRequest;
import org.apache.hc.client5.http.async.methods.SimpleHttpResponse;
import org.apache.hc.client5.http.async.methods.SimpleRequestBuilder;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.classic.methods.HttpPut;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.ChainElement;
import org.apache.hc.client5.http.impl.async.CloseableHttpAsyncClient;
import org.apache.hc.client5.http.impl.async.HttpAsyncClientBuilder;
import org.apache.hc.client5.http.impl.async.HttpAsyncClients;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.nio.PoolingAsyncClientConnectionManagerBuilder;
import org.apache.hc.core5.concurrent.CallbackContribution;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.Method;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.http.io.entity.EntityUtils;
import org.apache.hc.core5.http.io.entity.FileEntity;
import org.apache.hc.core5.http.io.entity.HttpEntityWrapper;
import org.apache.hc.core5.http.nio.AsyncEntityProducer;
import org.apache.hc.core5.http.nio.DataStreamChannel;
import org.apache.hc.core5.http.nio.entity.AsyncEntityProducerWrapper;
import org.apache.hc.core5.http.nio.entity.BasicAsyncEntityProducer;
import org.apache.hc.core5.http.nio.entity.StringAsyncEntityConsumer;
import org.apache.hc.core5.http.nio.support.BasicRequestProducer;
import org.apache.hc.core5.http.nio.support.BasicResponseConsumer;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.reactor.IOReactorConfig;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.lb4j.Outcome;
import org.lb4j.SelectionContext;
import org.lb4j.Server;
import org.lb4j.client.ServiceSettings;
import org.lb4j.client.Services;
import org.lb4j.client.testing.Fleet;
import org.lb4j.failover.Budget;
import org.lb4j.failover.FailedAttempts;
import org.lb4j.failover.Failover;
import org.lb4j.failover.Hedge;
import org.lb4j.testing.TestServer;

/** What goes wrong on our own side, or never leaves it, and blames no server. */
@Timeout(60)
final class OwnSideIT {
    private final Fleet fleet = new Fleet();
    private CloseableHttpClient classic;
    private CloseableHttpAsyncClient async;

    @AfterEach
    void nothingIsLeftInFlight() throws IOException {
        fleet.close();
        if (classic != null) classic.close();
        if (async != null) async.close(CloseMode.IMMEDIATE);
    }

    /** Whatever policy the pool has: the attempt's time is ours to tell. */
    @Test
    void timeThatRunsOutInAFullPoolBlamesNoServerAndEndsTheCall() {
        Failover failover =
                Failover.builder().attemptTimeout(Duration.ofMillis(100)).build();
        var unused = withFullPool(service -> service.failover(failover));
        assertThatThrownBy(() -> async.execute(get(), null).get())
                .hasCauseInstanceOf(TimeoutException.class)
                .hasMessageContaining("no connection to 127.0.0.1:")
                .hasMessageEndingWith(" within 100 ms");
        assertOnlyTheFirstWasSent();
    }

    /** The usual pool looks at how long a request has waited when a connection comes back. */
    @Test
    void aPoolThatSaysTooLateThatItWasFullBlamesNoServer() {
        Future<SimpleHttpResponse> first = withFullPool(service -> {});
        SimpleHttpRequest impatient = get();
        impatient.setConfig(RequestConfig.custom()
                .setConnectionRequestTimeout(1, TimeUnit.MILLISECONDS)
                .build());
        long begun = System.nanoTime();
        Future<SimpleHttpResponse> call = async.execute(impatient, null);
        await().atMost(PATIENCE).until(() -> System.nanoTime() - begun > TimeUnit.MILLISECONDS.toNanos(2));
        first.cancel(true);
        assertThatThrownBy(call::get).hasCauseInstanceOf(TimeoutException.class);
        assertOnlyTheFirstWasSent();
    }

    @Test
    void cancellingWhileQueuedForAConnectionAsksNobody() {
        var unused = withFullPool(service -> {});
        Future<SimpleHttpResponse> call = async.execute(get(), null);
        await().atMost(PATIENCE).until(() -> fleet.pool().inFlight() == 1);
        call.cancel(true);
        fleet.awaitIdle();
        assertOnlyTheFirstWasSent();
    }

    @Test
    void whatIsCancelledBeforeItBeginsAsksNobody() {
        classic(HttpClients.custom(), ok("a"), ok("b"));
        HttpGet get = new HttpGet("http://users/42");
        get.cancel();
        assertThatThrownBy(() -> text(get)).isNotNull();
        assertThat(fleet.ends()).doesNotContain(Outcome.SUCCESS, Outcome.FAILURE, Outcome.TIMEOUT);
        assertThat(fleet.hits()).isZero();
    }

    /** The timer fires at once, before anybody listens to the attempt, for which there is an open connection. */
    @Test
    void whatIsOverBeforeItIsSentIsNotSent() throws Exception {
        AtomicBoolean hasty = new AtomicBoolean();
        ScheduledThreadPoolExecutor timers = new ScheduledThreadPoolExecutor(1) {
            @Override
            public ScheduledFuture<?> schedule(Runnable command, long delay, TimeUnit unit) {
                if (hasty.get()) command.run();
                return super.schedule(command, delay, unit);
            }
        };
        timers.setRemoveOnCancelPolicy(true);
        Failover failover =
                Failover.builder().attemptTimeout(PATIENCE).scheduler(timers).build();
        async(HttpAsyncClients.custom(), fleet.start(service -> service.failover(failover), ok("a")));
        assertThat(async.execute(get(), null).get().getBodyText()).isEqualTo("a");
        hasty.set(true);
        assertThatThrownBy(() -> async.execute(get(), null).get()).hasCauseInstanceOf(TimeoutException.class);
        assertThat(async.execute(aside(fleet.server(0)), null)).succeedsWithin(PATIENCE);
        assertThat(fleet.hits()).isEqualTo(2);
        timers.shutdownNow();
    }

    /** The only thread that looks after connections is busy while one of them ends, and a request is given to it. */
    @Test
    void aPostThatIsGivenToAConnectionThatHasEndedGoesOnToTheSameServer() throws Exception {
        CompletableFuture<TestServer.Reply> answered = new CompletableFuture<>();
        Services services = fleet.start(service -> {}, (request, out) -> {
            answered.complete(out);
            out.send(200, "a");
        });
        TestServer other = fleet.serve(ok("other"));
        IOReactorConfig alone = IOReactorConfig.custom().setIoThreadCount(1).build();
        async(HttpAsyncClients.custom().setIOReactorConfig(alone), services);
        assertThat(async.execute(post(), null).get().getBodyText()).isEqualTo("a");
        CompletableFuture<Void> busy = new CompletableFuture<>();
        CompletableFuture<Void> release = new CompletableFuture<>();
        var unused = async.execute(aside(other), new CallbackContribution<>(null) {
            @Override
            public void completed(SimpleHttpResponse response) {
                busy.complete(null);
                release.join();
            }
        });
        busy.join();
        answered.join().drop();
        Future<SimpleHttpResponse> call = async.execute(post(), null);
        release.complete(null);
        assertThat(call.get().getBodyText()).isEqualTo("a");
        assertThat(fleet.ends()).endsWith(Outcome.SUCCESS).doesNotContain(Outcome.FAILURE);
    }

    @Test
    void aBodyOfOurOwnThatBreaksIsNotSentToTheNextServer() {
        classic(HttpClients.custom(), ok("a"), ok("b"));
        HttpPut put = new HttpPut("http://users/42");
        put.setEntity(new FileEntity(new File("no such file"), ContentType.TEXT_PLAIN));
        assertThatThrownBy(() -> text(put)).isInstanceOf(FileNotFoundException.class);
        async(HttpAsyncClients.custom(), fleet.services(service -> {}));
        AsyncEntityProducer broken = new AsyncEntityProducerWrapper(new BasicAsyncEntityProducer(new byte[1000])) {
            @Override
            public void produce(DataStreamChannel channel) throws IOException {
                throw new IOException("ours");
            }
        };
        assertThatThrownBy(() -> put(broken)).hasRootCauseMessage("ours");
        fleet.awaitIdle();
        assertThat(fleet.ends()).containsExactly(Outcome.CANCELLED, Outcome.CANCELLED);
    }

    @Test
    void aConnectionThatBreaksWithinABodyIsTheServersFault() throws Exception {
        byte[] large = new byte[8_000_000]; // more than the kernel buffers
        try (ServerSocket closing = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            daemon(() -> {
                while (!closing.isClosed()) closing.accept().close();
                return null;
            });
            Server bad = Server.of("127.0.0.1", closing.getLocalPort());
            SelectionContext badFirst = SelectionContext.none().preferring(bad.id());
            Services services = fleet.of(
                    service -> service.context(request -> badFirst),
                    List.of(bad, fleet.serve(ok("b")).server()));
            classic = BalancedApache.install(HttpClients.custom(), services).build();
            HttpPut put = new HttpPut("http://users/42");
            put.setEntity(new ByteArrayEntity(large, ContentType.TEXT_PLAIN));
            assertThat(text(put)).isEqualTo("b");
            async(HttpAsyncClients.custom(), services);
            assertThat(put(new BasicAsyncEntityProducer(large, ContentType.TEXT_PLAIN)))
                    .isEqualTo("b");
            assertThat(fleet.ends())
                    .containsExactly(Outcome.FAILURE, Outcome.SUCCESS, Outcome.FAILURE, Outcome.SUCCESS);
        }
    }

    @Test
    void anAnswerThatCanNotEvenBeDroppedDoesNotHoldTheNextServer() throws IOException {
        HttpClientBuilder odd = HttpClients.custom()
                .addExecInterceptorAfter(ChainElement.PROTOCOL.name(), "odd", (request, scope, chain) -> {
                    ClassicHttpResponse response = chain.proceed(request, scope);
                    if (response.getCode() == 503) response.setEntity(new Odd(response.getEntity()));
                    return response;
                });
        classic(odd, service -> service.repeatOnStatus(503), (request, out) -> out.send(503, "busy"), ok("b"));
        for (int i = 0; i < 4; i++)
            assertThat(text(new HttpGet("http://users/42"))).isEqualTo("b");
        assertThat(fleet.ends()).contains(Outcome.FAILURE);
    }

    /** Two attempts beside each other: the one that has left is not the one whose server nobody knows. */
    @Test
    void ofTwoHedgedAttemptsEachKnowsWhatItHasSent() throws Exception {
        CompletableFuture<Void> release = new CompletableFuture<>();
        TestServer first = fleet.serve((request, out) -> {
            if (request.method().equals("GET")) out.drop();
            release.join();
            out.send(200, "a");
        });
        Hedge hedge = Hedge.after(Duration.ofMillis(20)).budget(Budget.unlimited());
        Failover failover = Failover.builder().hedge(hedge).maxAttempts(2).build();
        SelectionContext home =
                SelectionContext.none().preferring(first.server().id());
        Services services = fleet.of(
                service -> service.failover(failover).context(request -> home),
                List.of(first.server(), Server.of("gone.test", 80)));
        SlowNames names = new SlowNames();
        async(
                HttpAsyncClients.custom()
                        .setConnectionManager(PoolingAsyncClientConnectionManagerBuilder.create()
                                .setDnsResolver(names)
                                .setMaxConnPerRoute(1)
                                .build()),
                services);
        Future<SimpleHttpResponse> holds = async.execute(post(), null);
        await().atMost(PATIENCE).until(() -> first.hits() == 1);
        Future<SimpleHttpResponse> call = async.execute(get(), null);
        await().atMost(PATIENCE).until(() -> fleet.pool().inFlight() == 3); // the hedge has begun
        release.complete(null);
        assertThat(holds.get().getBodyText()).isEqualTo("a");
        await().atMost(PATIENCE).until(() -> first.hits() == 2);
        names.unknown.complete(null);
        assertThatThrownBy(call::get)
                .satisfies(thrown -> assertThat(FailedAttempts.in(thrown.getCause()))
                        .hasMessageContaining("#1 " + first.server().id() + " AMBIGUOUS")
                        .hasMessageContaining("#2 gone.test:80 NEVER_SENT"));
    }

    /** One connection in all, which hangs on a request past the services. */
    private Future<SimpleHttpResponse> withFullPool(Consumer<ServiceSettings> settings) {
        Services services = fleet.start(settings, (request, out) -> out.hang(), ok("b"));
        async(
                HttpAsyncClients.custom()
                        .setConnectionManager(PoolingAsyncClientConnectionManagerBuilder.create()
                                .setMaxConnTotal(1)
                                .build()),
                services);
        Future<SimpleHttpResponse> first = async.execute(aside(fleet.server(0)), null);
        fleet.awaitHits(1);
        return first;
    }

    private void assertOnlyTheFirstWasSent() {
        assertThat(fleet.ends()).containsExactly(Outcome.CANCELLED);
        assertThat(fleet.hits()).isEqualTo(1);
    }

    private void classic(HttpClientBuilder builder, TestServer.Answer... answers) {
        classic(builder, service -> {}, answers);
    }

    private void classic(HttpClientBuilder builder, Consumer<ServiceSettings> settings, TestServer.Answer... answers) {
        classic =
                BalancedApache.install(builder, fleet.start(settings, answers)).build();
    }

    private void async(HttpAsyncClientBuilder builder, Services services) {
        async = BalancedApache.install(builder, services).build();
        async.start();
    }

    private String text(HttpUriRequestBase request) throws IOException {
        return classic.execute(request, response -> EntityUtils.toString(response.getEntity()));
    }

    private String put(AsyncEntityProducer body) throws Exception {
        return async.execute(
                        new BasicRequestProducer(Method.PUT, URI.create("http://users/42"), body),
                        new BasicResponseConsumer<>(new StringAsyncEntityConsumer()),
                        null)
                .get()
                .getBody();
    }

    /** Past the services. */
    private static SimpleHttpRequest aside(TestServer to) {
        return SimpleRequestBuilder.get("http://" + to.server().hostPort() + "/")
                .build();
    }

    private static SimpleHttpRequest post() {
        return SimpleRequestBuilder.post("http://users/42").build();
    }

    private static SimpleHttpRequest get() {
        return SimpleRequestBuilder.get("http://users/42").build();
    }

    private static void daemon(Callable<?> task) {
        Thread thread = new Thread(() -> {
            try {
                task.call();
            } catch (Exception over) {
                // its socket was closed
            }
        });
        thread.setDaemon(true);
        thread.start();
    }

    /** Knows no name, and says so when it is told to. */
    private static final class SlowNames implements DnsResolver {
        final CompletableFuture<Void> unknown = new CompletableFuture<>();

        @Override
        public InetAddress[] resolve(String host) throws UnknownHostException {
            unknown.join();
            throw new UnknownHostException(host);
        }

        @Override
        public String resolveCanonicalHostname(String host) {
            return host;
        }
    }

    /** A body that throws what no body should. */
    private static final class Odd extends HttpEntityWrapper {
        Odd(HttpEntity body) {
            super(body);
        }

        @Override
        public InputStream getContent() {
            throw new IllegalStateException("odd");
        }
    }
}
