package org.lb4j.health;

import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow.Subscription;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The body of one answer: read for as long as something is open, then read away so that the connection can be used again,
 * but once there are 64 KiB no more is asked for: the subscription is cancelled, which drops the connection.
 */
final class ProbeBody implements BodySubscriber<Void> {
    private final CompletableFuture<Void> over = new CompletableFuture<>();
    private final Consumer<ProbeResult> decided;
    private @Nullable BodyReader open;
    private @Nullable Subscription subscription;
    private long read;

    /** @param open looks for what is open; null: all is decided */
    ProbeBody(@Nullable BodyReader open, Consumer<ProbeResult> decided) {
        this.open = open;
        this.decided = decided;
    }

    @Override
    public CompletionStage<Void> getBody() {
        return over;
    }

    @Override
    public void onSubscribe(Subscription subscription) {
        this.subscription = subscription;
        subscription.request(1);
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
        for (ByteBuffer each : buffers) {
            read += each.remaining();
            ProbeResult result = open == null ? null : open.take(each);
            if (result != null) decide(result);
        }
        Subscription from = subscription;
        if (from == null) return;
        if (read < HttpExpectation.MAX_BODY) {
            from.request(1);
        } else {
            from.cancel();
            over.complete(null);
        }
    }

    private void decide(ProbeResult result) {
        open = null;
        decided.accept(result);
    }

    @Override
    public void onError(Throwable thrown) {
        over.completeExceptionally(thrown);
    }

    @Override
    public void onComplete() {
        BodyReader unread = open;
        if (unread != null) decide(unread.end());
        over.complete(null);
    }
}
