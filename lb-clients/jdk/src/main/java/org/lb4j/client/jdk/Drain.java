package org.lb4j.client.jdk;

import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.lb4j.client.Service;

/** Reads a body that nobody wants, so that its connection can be used again; what is long or slow is dropped. */
final class Drain<T extends @Nullable Object> implements BodySubscriber<T> {
    private final CompletableFuture<T> done = new CompletableFuture<>();
    private final CompletableFuture<@Nullable Void> wall = new CompletableFuture<>();
    private volatile Flow.@Nullable Subscription subscription;
    private long read;

    Drain() {
        var unused = wall.thenRunAsync(this::drop);
        wall.completeOnTimeout(null, Service.DRAIN_TIME.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public CompletionStage<T> getBody() {
        return done;
    }

    @Override
    public void onSubscribe(Flow.Subscription source) {
        subscription = source;
        source.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(List<ByteBuffer> item) {
        for (ByteBuffer each : item) read += each.remaining();
        if (read > Service.MOST_DRAINED) drop();
    }

    private void drop() {
        Flow.Subscription running = subscription;
        if (running != null) running.cancel();
        finish();
    }

    @Override
    public void onError(Throwable thrown) {
        finish();
    }

    @Override
    public void onComplete() {
        finish();
    }

    @SuppressWarnings("NullAway") // nobody looks at it
    private void finish() {
        done.complete(null);
        wall.cancel(false);
    }
}
