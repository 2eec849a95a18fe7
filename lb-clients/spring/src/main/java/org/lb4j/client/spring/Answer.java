package org.lb4j.client.spring;

import org.jspecify.annotations.Nullable;
import org.lb4j.client.Delivery;
import org.reactivestreams.Subscription;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.web.reactive.function.client.ClientResponse;
import reactor.core.publisher.BaseSubscriber;

/** A response on its way out; closed if nobody is there to take it. */
record Answer(@Nullable ClientResponse response, @Nullable Delivery delivery) implements AutoCloseable {
    /** An exchange may end without a response. */
    static final Answer NONE = new Answer(null, null);

    @Override
    public void close() {
        if (delivery != null) delivery.cancelled();
        if (response != null) cancelBody(response);
    }

    static void cancelBody(ClientResponse response) {
        response.bodyToFlux(DataBuffer.class).subscribe(new Leaving());
    }

    /** Subscribes and is gone, which closes the connection. */
    private static final class Leaving extends BaseSubscriber<DataBuffer> {
        @Override
        protected void hookOnSubscribe(Subscription subscription) {
            subscription.cancel();
        }
    }
}
