package org.lb4j.client.jdk;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.PushPromiseHandler;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.lb4j.NoServerAvailableException;
import org.lb4j.SelectionContext;
import org.lb4j.client.Delivery;
import org.lb4j.client.ResponseHead;
import org.lb4j.client.Service;
import org.lb4j.failover.Attempt;
import org.lb4j.failover.Attempts;
import org.lb4j.failover.Repeat;

/** One balanced call: what was asked, and how each attempt of it is sent. */
final class Exchange<T> {
    private final HttpClient client;
    private final Service service;
    private final HttpRequest request;
    private final BodyHandler<T> handler;
    private final SelectionContext context;
    private final Repeat repeat;
    private final AtomicReference<@Nullable Attempt> asked = new AtomicReference<>();

    Exchange(
            HttpClient client,
            Service service,
            @Nullable SelectionContext context,
            HttpRequest request,
            BodyHandler<T> handler) {
        this.client = client;
        this.service = service;
        this.request = request;
        this.handler = handler;
        this.context = context == null ? service.context(Heads.of(request)) : context;
        this.repeat = service.repeat(Heads.of(request));
    }

    /** On the caller's thread. */
    HttpResponse<T> send() throws IOException, InterruptedException {
        Attempts attempts = service.failover().attempts(service.selector(), context, repeat);
        Attempt attempt = service.first(attempts);
        while (true) {
            Sending sending = new Sending(attempt, true);
            Attempt next;
            try {
                HttpResponse<T> response = client.send(copy(attempt), sending);
                next = sending.successor;
                if (next == null) {
                    sending.handedOver();
                    attempts.succeeded(attempt);
                    return own(response, attempt);
                }
            } catch (Throwable thrown) {
                next = sending.successor != null
                        ? sending.successor
                        : attempts.after(attempt, attempt.failureOf(thrown), thrown);
                if (next == null) {
                    attempts.explained(thrown);
                    throw thrown;
                }
            }
            attempt = next;
        }
    }

    CompletableFuture<HttpResponse<T>> async(@Nullable PushPromiseHandler<T> pushes) {
        CompletableFuture<HttpResponse<T>> call =
                service.failover().callAsync(service.selector(), context, repeat, attempt -> begin(attempt, pushes));
        return shown(service, call);
    }

    /** A call without a server fails as callers of a client expect. */
    static <V> CompletableFuture<V> shown(Service service, CompletableFuture<V> call) {
        NoServerAvailableException none = call.isCompletedExceptionally() ? noServer(call) : null;
        return none == null ? call : CompletableFuture.failedFuture(service.noServer(none));
    }

    private static @Nullable NoServerAvailableException noServer(CompletableFuture<?> failed) {
        try {
            failed.getNow(null);
            return null;
        } catch (CompletionException thrown) {
            return thrown.getCause() instanceof NoServerAvailableException none ? none : null;
        } catch (java.util.concurrent.CancellationException cancelled) {
            return null;
        }
    }

    private CompletionStage<HttpResponse<T>> begin(Attempt attempt, @Nullable PushPromiseHandler<T> pushes) {
        try {
            return client.sendAsync(copy(attempt), new Sending(attempt, false), pushes)
                    .thenApply(response -> own(response, attempt));
        } catch (IOException downgrade) {
            attempt.localFault(downgrade);
            return CompletableFuture.failedFuture(downgrade);
        }
    }

    private HttpResponse<T> own(HttpResponse<T> response, Attempt attempt) {
        return new BalancedResponse<>(response, request, Heads.marked(response.headers(), service, attempt));
    }

    /** The caller's request, sent to the attempt's server. */
    private HttpRequest copy(Attempt attempt) throws IOException {
        HttpRequest.Builder copy = HttpRequest.newBuilder(request, (name, value) -> true);
        try {
            copy.uri(service.target(request.uri(), attempt.server()));
        } catch (IOException downgrade) {
            attempt.localFault(downgrade);
            throw downgrade;
        }
        if (attempt.limited()) copy.timeout(least(attempt.timeLeft()));
        request.bodyPublisher()
                .ifPresent(body -> copy.method(
                        request.method(), new WatchedPublisher(body, attempt, asked, service.vouchesForBodies())));
        return copy.build();
    }

    private Duration least(Duration left) {
        Duration own = request.timeout().orElse(left);
        return own.compareTo(left) < 0 ? own : left;
    }

    /** The user's handler for one attempt: not asked if the status leads to another server. */
    private final class Sending implements BodyHandler<T> {
        private final Attempt attempt;
        private final boolean waiting;
        private volatile @Nullable Attempt successor;
        private volatile @Nullable TrackedBody<T> body;

        Sending(Attempt attempt, boolean waiting) {
            this.attempt = attempt;
            this.waiting = waiting;
        }

        @Override
        public BodySubscriber<T> apply(HttpResponse.ResponseInfo info) {
            attempt.sent();
            ResponseHead head = Heads.of(info);
            successor = service.instead(attempt, head);
            if (successor != null) return new Drain<>();
            Delivery delivery = service.deliver(attempt, head);
            TrackedBody<T> tracked =
                    new TrackedBody<>(subscriber(Heads.marked(info, service, attempt), delivery), delivery, attempt);
            body = tracked;
            if (waiting) tracked.startWall();
            return tracked;
        }

        private BodySubscriber<T> subscriber(HttpResponse.ResponseInfo info, Delivery delivery) {
            try {
                return handler.apply(info);
            } catch (RuntimeException | Error fault) {
                attempt.localFault(fault);
                delivery.cancelled();
                throw fault;
            }
        }

        void handedOver() {
            TrackedBody<T> tracked = body;
            if (tracked != null) tracked.handedOver();
        }
    }
}
