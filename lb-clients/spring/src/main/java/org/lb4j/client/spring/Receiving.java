package org.lb4j.client.spring;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.lb4j.client.Delivery;
import org.lb4j.client.ResponseHead;
import org.lb4j.client.Service;
import org.lb4j.failover.Attempt;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.web.reactive.function.client.ClientResponse;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.context.Context;
import reactor.util.context.ContextView;

/** One attempt, from subscribing to it until its head is there; cancelling the stage cancels the exchange. */
final class Receiving extends CompletableFuture<Answer> {
    private final Service service;
    private final Attempt attempt;
    private final HttpMethod method;
    private final Inlet inlet;

    Receiving(Service service, Attempt attempt, HttpMethod method, ContextView context) {
        this.service = service;
        this.attempt = attempt;
        this.method = method;
        this.inlet = new Inlet(Context.of(context));
    }

    Receiving from(Mono<ClientResponse> exchange) {
        exchange.subscribe(inlet);
        return this;
    }

    @Override
    public boolean cancel(boolean mayInterruptIfRunning) {
        boolean cancelled = super.cancel(mayInterruptIfRunning);
        if (cancelled) inlet.dispose();
        return cancelled;
    }

    private void head(ClientResponse response) {
        if (isDone()) {
            Answer.cancelBody(response);
            return;
        }
        HttpHeaders headers = response.headers().asHttpHeaders();
        ResponseHead head = Heads.of(response.statusCode().value(), headers);
        if (service.instead(attempt, head) != null) {
            drain(response);
            complete(Answer.NONE); // the next attempt begins
            return;
        }
        Delivery delivery = service.deliver(attempt, head);
        if (Heads.isAll(method, head.status(), headers)) delivery.ended();
        Answer answer = new Answer(tracked(response, headers, delivery), delivery);
        if (!complete(answer)) answer.close();
    }

    private ClientResponse tracked(ClientResponse response, HttpHeaders headers, Delivery delivery) {
        HttpHeaders marked = Heads.marked(headers, service, attempt);
        return response.mutate()
                .headers(own -> {
                    own.clear();
                    Heads.copy(marked, own);
                })
                .body(body -> tracked(body, delivery))
                .build();
    }

    private static Flux<DataBuffer> tracked(Flux<DataBuffer> body, Delivery delivery) {
        return body.doOnComplete(delivery::ended)
                .doOnError(delivery::broken)
                .doOnCancel(delivery::ended); // a reader who has enough: the status is the verdict
    }

    /** Reads a body that nobody wants, so that its connection can be used again; what is long or slow is dropped. */
    private static void drain(ClientResponse response) {
        AtomicLong read = new AtomicLong();
        response.bodyToFlux(DataBuffer.class)
                .map(buffer -> {
                    read.addAndGet(buffer.readableByteCount());
                    return DataBufferUtils.release(buffer);
                })
                .takeUntil(released -> read.get() > Service.MOST_DRAINED)
                .take(Service.DRAIN_TIME)
                .subscribe(released -> {}, broken -> {});
    }

    /** Takes what the exchange brings. */
    private final class Inlet extends BaseSubscriber<ClientResponse> {
        private final Context context;

        Inlet(Context context) {
            this.context = context;
        }

        @Override
        public Context currentContext() {
            return context;
        }

        @Override
        protected void hookOnNext(ClientResponse response) {
            try {
                head(response);
            } catch (RuntimeException | Error ours) {
                attempt.localFault(ours);
                Answer.cancelBody(response);
                completeExceptionally(ours);
            }
        }

        @Override
        protected void hookOnError(Throwable thrown) {
            completeExceptionally(thrown);
        }

        @Override
        protected void hookOnComplete() {
            complete(Answer.NONE); // says nothing if there was a response
        }
    }
}
