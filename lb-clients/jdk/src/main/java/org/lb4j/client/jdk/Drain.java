package org.lb4j.client.jdk;

import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/** Reads a body that nobody wants, so that its connection can be used again; what is longer than 64 KiB is dropped. */
final class Drain<T extends @Nullable Object> implements BodySubscriber<T> {
    private static final long MOST = 64 * 1024;

    private final CompletableFuture<T> done = new CompletableFuture<>();
    private Flow.@Nullable Subscription subscription;
    private long read;

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
        if (read <= MOST || subscription == null) return;
        subscription.cancel();
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
    }
}
