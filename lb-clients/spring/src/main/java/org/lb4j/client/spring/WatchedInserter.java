package org.lb4j.client.spring;

import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.lb4j.failover.Attempt;
import org.reactivestreams.Publisher;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.client.reactive.ClientHttpRequest;
import org.springframework.http.client.reactive.ClientHttpRequestDecorator;
import org.springframework.web.reactive.function.BodyInserter;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * A request body that notes when it is asked for: an inserter may run before there is a connection, but what it writes is
 * subscribed to when there is one (D41). What it fails with is our own fault.
 *
 * @param asked which attempt of the call has asked for a body of which there is one
 * @param again whether there are as many as are asked for
 */
record WatchedInserter(
        BodyInserter<?, ? super ClientHttpRequest> inserter,
        Attempt attempt,
        AtomicReference<@Nullable Attempt> asked,
        boolean again)
        implements BodyInserter<Object, ClientHttpRequest> {
    @Override
    public Mono<Void> insert(ClientHttpRequest message, Context context) {
        return inserter.insert(new Watched(message), context);
    }

    /** A hedge whose server is connected at the same time as the first must not share a stream with it. */
    private boolean mayAsk() {
        return again || asked.compareAndSet(null, attempt) || asked.get() == attempt;
    }

    private void asked(Object subscription) {
        attempt.sent();
        if (!again) attempt.spent();
    }

    private static IllegalStateException taken() {
        return new IllegalStateException("the body is being sent by another attempt, and there is one of it");
    }

    private final class Watched extends ClientHttpRequestDecorator {
        Watched(ClientHttpRequest message) {
            super(message);
        }

        @Override
        public Mono<Void> writeWith(Publisher<? extends DataBuffer> body) {
            return super.writeWith(noted(body));
        }

        @Override
        public Mono<Void> writeAndFlushWith(Publisher<? extends Publisher<? extends DataBuffer>> body) {
            return super.writeAndFlushWith(
                    noted(Flux.from(body).map(each -> Flux.from(each).doOnError(attempt::localFault))));
        }

        /** One that brings one thing stays such: its length is then known. */
        private <T> Publisher<T> noted(Publisher<T> body) {
            return body instanceof Mono<T> one
                    ? Mono.defer(() -> mayAsk() ? one.doOnSubscribe(WatchedInserter.this::asked) : Mono.error(taken()))
                            .doOnError(attempt::localFault)
                    : Flux.defer(() -> mayAsk()
                                    ? Flux.from(body).doOnSubscribe(WatchedInserter.this::asked)
                                    : Flux.error(taken()))
                            .doOnError(attempt::localFault);
        }
    }
}
