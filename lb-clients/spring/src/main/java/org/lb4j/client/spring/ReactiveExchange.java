package org.lb4j.client.spring;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.lb4j.NoServerAvailableException;
import org.lb4j.client.RequestHead;
import org.lb4j.client.Service;
import org.lb4j.failover.Attempt;
import org.springframework.web.reactive.function.client.ClientRequest;
import org.springframework.web.reactive.function.client.ClientResponse;
import org.springframework.web.reactive.function.client.ExchangeFunction;
import org.springframework.web.reactive.function.client.WebClientRequestException;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;
import reactor.util.context.ContextView;

/** A request to a service: each subscription is one balanced call. */
record ReactiveExchange(Service service, ClientRequest request, ExchangeFunction next) {
    Mono<ClientResponse> calls() {
        return Mono.deferContextual(context -> Mono.create(sink -> call(context, sink)));
    }

    private void call(ContextView context, MonoSink<ClientResponse> sink) {
        RequestHead head = Heads.of(request.method(), request.url(), request.headers());
        Outlet outlet = new Outlet(sink); // D37
        AtomicReference<@Nullable Attempt> asked = new AtomicReference<>();
        CompletableFuture<Answer> call = service.failover()
                .callAsync(
                        service.selector(),
                        service.context(head),
                        service.repeat(head),
                        attempt -> begin(attempt, asked, context));
        sink.onCancel(() -> {
            outlet.leave();
            call.cancel(true);
        });
        var unused = call.whenComplete((answer, thrown) -> {
            if (thrown == null) outlet.emit(answer);
            else sink.error(shown(thrown));
        });
    }

    private CompletionStage<Answer> begin(
            Attempt attempt, AtomicReference<@Nullable Attempt> asked, ContextView context) {
        try {
            ClientRequest copy = ClientRequest.from(request)
                    .url(service.target(request.url(), attempt.server()))
                    .body(new WatchedInserter(request.body(), attempt, asked, service.vouchesForBodies()))
                    .build();
            return new Receiving(service, attempt, request.method(), context).from(next.exchange(copy));
        } catch (IOException downgrade) {
            attempt.localFault(downgrade);
            return CompletableFuture.failedFuture(downgrade);
        }
    }

    /** As what fails beneath: callers of WebClient look for its own exception. */
    private Throwable shown(Throwable thrown) {
        Throwable told = thrown instanceof NoServerAvailableException none ? service.noServer(none) : thrown;
        boolean unchecked = told instanceof RuntimeException || told instanceof Error;
        return unchecked
                ? told
                : new WebClientRequestException(told, request.method(), request.url(), request.headers());
    }

    /** Where the answer goes, unless the subscriber has left; then it is dropped, at whichever moment that was. */
    private static final class Outlet {
        private final MonoSink<ClientResponse> sink;
        private volatile boolean left;
        private volatile Answer answer = Answer.NONE;

        Outlet(MonoSink<ClientResponse> sink) {
            this.sink = sink;
        }

        void leave() {
            left = true;
            answer.close();
        }

        void emit(Answer brought) {
            answer = brought;
            if (left) brought.close();
            else sink.success(brought.response());
        }
    }
}
