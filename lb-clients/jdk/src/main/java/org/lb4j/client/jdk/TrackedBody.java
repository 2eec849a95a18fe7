package org.lb4j.client.jdk;

import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpTimeoutException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.lb4j.client.Delivery;
import org.lb4j.failover.Attempt;

/**
 * The user's body subscriber, watched: the call is in flight until the body ends, breaks or is given up, and until the
 * response is handed over the attempt's time is a wall, which the JDK's own timeout is not.
 */
final class TrackedBody<T> implements BodySubscriber<T> {
    private final BodySubscriber<T> body;
    private final Delivery delivery;
    private final Attempt attempt;
    private final AtomicBoolean over = new AtomicBoolean();
    private final CompletableFuture<Void> wall = new CompletableFuture<>();
    private volatile Flow.@Nullable Subscription subscription;

    TrackedBody(BodySubscriber<T> body, Delivery delivery, Attempt attempt) {
        this.body = body;
        this.delivery = delivery;
        this.attempt = attempt;
    }

    /** Only for a caller who waits: a future has a timer of its own. */
    void startWall() {
        if (!attempt.limited()) return;
        var unused = wall.thenRunAsync(this::late);
        wall.completeOnTimeout(null, attempt.timeLeft().toMillis(), TimeUnit.MILLISECONDS);
    }

    /** The response is handed over: how long its body takes is its reader's business. */
    void handedOver() {
        wall.cancel(false);
    }

    private void late() {
        Flow.Subscription running = subscription;
        if (!over.compareAndSet(false, true)) return;
        delivery.broken(true);
        body.onError(
                new HttpTimeoutException("request timed out")); // before what the JDK makes of the cancelled stream
        if (running != null) running.cancel();
    }

    @Override
    public CompletionStage<T> getBody() {
        return body.getBody();
    }

    @Override
    public void onSubscribe(Flow.Subscription source) {
        subscription = source;
        ours(() -> body.onSubscribe(new Flow.Subscription() {
            @Override
            public void request(long n) {
                source.request(n);
            }

            @Override
            public void cancel() {
                if (over.compareAndSet(false, true)) delivery.ended(); // a reader who has enough
                handedOver();
                source.cancel();
            }
        }));
    }

    @Override
    public void onNext(List<ByteBuffer> item) {
        if (!over.get()) ours(() -> body.onNext(item));
    }

    @Override
    public void onError(Throwable thrown) {
        if (!over.compareAndSet(false, true)) return;
        handedOver();
        delivery.broken(thrown);
        body.onError(thrown);
    }

    @Override
    public void onComplete() {
        if (!over.compareAndSet(false, true)) return;
        handedOver();
        delivery.ended(); // first, so that whoever waits for the body finds the call ended
        ours(body::onComplete);
    }

    /** What the user's subscriber throws surfaces as an IOException, at times without its cause; it is no server's fault. */
    private void ours(Runnable step) {
        try {
            step.run();
        } catch (RuntimeException | Error fault) {
            attempt.localFault(fault);
            delivery.cancelled();
            throw fault;
        }
    }
}
