package org.lb4j.client.jdk;

import java.net.http.HttpRequest.BodyPublisher;
import java.nio.ByteBuffer;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.lb4j.failover.Attempt;

/** A request body that notes whether it was asked for, and what of it is our own fault. */
final class WatchedPublisher implements BodyPublisher {
    /** Those of {@link java.net.http.HttpRequest.BodyPublishers} that can be subscribed to again, by their classes. */
    private static final String KNOWN = "jdk.internal.net.http.RequestPublishers$";

    private final BodyPublisher body;
    private final Attempt attempt;
    private final AtomicReference<@Nullable Attempt> asked;
    private final boolean again;

    /**
     * @param asked which attempt of the call has asked for the body
     */
    WatchedPublisher(
            BodyPublisher body, Attempt attempt, AtomicReference<@Nullable Attempt> asked, boolean vouchedFor) {
        this.body = body;
        this.attempt = attempt;
        this.asked = asked;
        this.again = vouchedFor || isKnown(body);
    }

    private static boolean isKnown(BodyPublisher body) {
        String name = body.getClass().getName();
        return name.startsWith(KNOWN) && !name.endsWith("PublisherAdapter"); // fromPublisher: nobody knows
    }

    @Override
    public long contentLength() {
        return body.contentLength();
    }

    @Override
    public void subscribe(Flow.Subscriber<? super ByteBuffer> subscriber) {
        if (!again) attempt.spent();
        try {
            if (!again && !asked.compareAndSet(null, attempt) && asked.get() != attempt)
                throw new IllegalStateException("the body is being sent by another attempt, and there is one of it");
            body.subscribe(new Watching(subscriber, attempt));
        } catch (RuntimeException | Error fault) {
            attempt.localFault(fault);
            throw fault;
        }
    }

    private record Watching(Flow.Subscriber<? super ByteBuffer> to, Attempt attempt)
            implements Flow.Subscriber<ByteBuffer> {
        @Override
        public void onSubscribe(Flow.Subscription subscription) {
            to.onSubscribe(subscription);
        }

        @Override
        public void onNext(ByteBuffer bytes) {
            to.onNext(bytes);
        }

        @Override
        public void onError(Throwable fault) {
            attempt.localFault(fault);
            to.onError(fault);
        }

        @Override
        public void onComplete() {
            to.onComplete();
        }
    }
}
