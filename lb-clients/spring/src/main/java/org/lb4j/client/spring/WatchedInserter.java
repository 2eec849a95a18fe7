package org.lb4j.client.spring;

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
 * subscribed to when there is one (D41).
 */
record WatchedInserter(BodyInserter<?, ? super ClientHttpRequest> inserter, Attempt attempt, boolean again)
        implements BodyInserter<Object, ClientHttpRequest> {
    @Override
    public Mono<Void> insert(ClientHttpRequest message, Context context) {
        return inserter.insert(new Watched(message), context);
    }

    private void asked() {
        attempt.sent();
        if (!again) attempt.spent();
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
            return super.writeAndFlushWith(noted(body));
        }

        /** One that brings one thing stays such: its length is then known. */
        private <T> Publisher<T> noted(Publisher<T> body) {
            return body instanceof Mono<T> one
                    ? one.doOnSubscribe(subscription -> asked())
                    : Flux.from(body).doOnSubscribe(subscription -> asked());
        }
    }
}
