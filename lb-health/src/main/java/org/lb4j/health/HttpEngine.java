package org.lb4j.health;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandler;
import java.time.Duration;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.lb4j.Server;

/** The client and threads of one checker's HTTP probes. */
final class HttpEngine implements BoundProbe {
    private final HttpProbe probe;
    private final HttpExpectation expectation;
    private final ProbeThreads threads;
    private final Lookups lookups;
    private final @Nullable ScheduledExecutorService scheduler;
    private final Set<HttpCheck> open = ConcurrentHashMap.newKeySet();
    private volatile @Nullable HttpClient client;

    /** @param scheduler null: the JDK's own timer */
    HttpEngine(HttpProbe probe, String name, int maxInFlight, @Nullable ScheduledExecutorService scheduler) {
        this.probe = probe;
        this.expectation = probe.expectation().checked();
        this.threads = ProbeThreads.few(name);
        this.lookups = new Lookups(probe.lookup(), name, maxInFlight, threads);
        this.scheduler = scheduler;
        HttpClient.Builder builder = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .proxy(HttpClient.Builder.NO_PROXY) // a proxy would be asked how it is
                .executor(threads);
        if (probe.sslContext() != null) builder.sslContext(probe.sslContext());
        this.client = builder.build();
    }

    @Override
    public CompletableFuture<ProbeResult> check(Server server, Duration timeout) {
        HttpCheck check = new HttpCheck(this, server);
        open.add(check);
        check.begin(server.host(), lookups);
        return check;
    }

    @Override
    public boolean brings() {
        return expectation.healthText() || expectation.drainOn404();
    }

    HttpProbe probe() {
        return probe;
    }

    HttpExpectation expectation() {
        return expectation;
    }

    <T> CompletableFuture<java.net.http.HttpResponse<T>> send(HttpRequest request, BodyHandler<T> handler) {
        HttpClient now = client;
        if (now == null) return CompletableFuture.failedFuture(new RejectedExecutionException("closed"));
        return now.sendAsync(request, handler);
    }

    /** Runs it after so many milliseconds, unless that is cancelled; at once if there is no time left. */
    Future<?> later(Runnable task, long millis) {
        if (scheduler == null)
            return CompletableFuture.runAsync(task, CompletableFuture.delayedExecutor(millis, TimeUnit.MILLISECONDS));
        try {
            return scheduler.schedule(task, millis, TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException over) {
            task.run();
            return CompletableFuture.completedFuture(null);
        }
    }

    /** Its exchange is over, the reading away of its body included. */
    void ended(HttpCheck check) {
        open.remove(check);
    }

    /**
     * Cancels all exchanges, those included whose result is known and which are still read away. The client of Java 17 ends
     * its own thread, and the connections that nobody uses, when it is collected: so it is let go.
     */
    @Override
    public void close() {
        cancelAll(new ConcurrentLinkedQueue<>(open));
        threads.shutdown();
        if (!threads.gone(1_000)) { // a look-up of the client's own, or a question of TLS, may hang
            threads.shutdownNow();
            threads.gone(3_000);
        }
        lookups.close();
        HttpClient last = client;
        client = null;
        if (last != null) ClientShutdown.of(last);
    }

    /** On this thread and some more, since a thousand take the better part of a second on one. */
    private void cancelAll(Queue<HttpCheck> rest) {
        Runnable cancel = () -> {
            for (HttpCheck each = rest.poll(); each != null; each = rest.poll()) each.cancel(true);
        };
        try {
            for (int i = 0; i < ProbeThreads.FEW && !rest.isEmpty(); i++) threads.execute(cancel);
        } catch (RejectedExecutionException | OutOfMemoryError none) {
            // no thread can be made: this one does it alone
        } finally {
            cancel.run();
        }
    }
}
