package org.lb4j.examples.demo;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import org.jspecify.annotations.Nullable;

/** Calls at a steady rate, whether or not earlier ones are done, as users do; and what they experience. */
final class Load implements AutoCloseable {
    private static final int REMEMBERED = 2048; // the last calls, for percentiles
    private static final int USERS = 1000;
    private static final long TICK_MILLIS = 5;

    private final HttpClient client;
    private final int rate;
    private final AtomicLong calls = new AtomicLong();
    private final AtomicLong errors = new AtomicLong();
    private final AtomicLongArray latencies = new AtomicLongArray(REMEMBERED);
    private final AtomicLong ended = new AtomicLong();
    private final Thread sender = new Thread(this::sendUntilClosed, "load");

    Load(HttpClient client, int rate) {
        this.client = client;
        this.rate = rate;
    }

    void start() {
        sender.setDaemon(true);
        sender.start();
    }

    private void sendUntilClosed() {
        long start = System.nanoTime();
        long sent = 0;
        try {
            while (true) {
                long due = (long) ((System.nanoTime() - start) / 1e9 * rate);
                send(due - sent);
                sent = due;
                Thread.sleep(TICK_MILLIS);
            }
        } catch (InterruptedException closed) {
            // done
        }
    }

    private void send(long calls) {
        for (long i = 0; i < calls; i++) {
            HttpRequest request = HttpRequest.newBuilder(URI.create("http://users/42"))
                    .header("X-User", "user-" + ThreadLocalRandom.current().nextInt(USERS))
                    .timeout(Duration.ofSeconds(2))
                    .build();
            long begun = System.nanoTime();
            var unused = client.sendAsync(request, BodyHandlers.ofString())
                    .whenComplete((response, failure) -> end(begun, response, failure));
        }
    }

    private void end(long begun, @Nullable HttpResponse<String> response, @Nullable Throwable failure) {
        latencies.set((int) (ended.getAndIncrement() % REMEMBERED), System.nanoTime() - begun);
        calls.incrementAndGet();
        if (failure != null || response == null || response.statusCode() >= 500) errors.incrementAndGet();
    }

    long calls() {
        return calls.get();
    }

    /** What the callers saw, after all repeats. */
    long errors() {
        return errors.get();
    }

    /** A percentile of the last calls, in milliseconds; NaN: there were none. */
    double millis(double percentile) {
        int known = (int) Math.min(ended.get(), REMEMBERED);
        if (known == 0) return Double.NaN;
        long[] sorted = new long[known];
        for (int i = 0; i < known; i++) sorted[i] = latencies.get(i);
        Arrays.sort(sorted);
        return sorted[(int) Math.min(known - 1, percentile / 100 * known)] / 1e6;
    }

    @Override
    public void close() {
        sender.interrupt();
    }
}
