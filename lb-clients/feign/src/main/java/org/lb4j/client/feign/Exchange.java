package org.lb4j.client.feign;

import feign.AsyncClient;
import feign.Client;
import feign.Request;
import feign.Response;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.lb4j.NoServerAvailableException;
import org.lb4j.client.Delivery;
import org.lb4j.client.RequestHead;
import org.lb4j.client.ResponseHead;
import org.lb4j.client.Service;
import org.lb4j.client.WaitingCall;
import org.lb4j.failover.Attempt;
import org.lb4j.failover.Attempts;

/** One balanced call. */
final class Exchange {
    private static final byte[] EMPTY = {};

    private final Service service;
    private final Request request;
    private final Request.Options options;
    private final RequestHead head;

    Exchange(Service service, Request request, Request.Options options) {
        this.service = service;
        this.request = request;
        this.options = options;
        this.head = Heads.of(request);
    }

    Response run(Client client) throws IOException {
        Attempts attempts = service.attempts(head);
        return service.call(attempts, new WaitingCall<Response, IOException>() {
            @Override
            public Response send(Attempt attempt) throws IOException {
                return client.execute(copy(attempt), limited(attempt));
            }

            @Override
            public ResponseHead head(Response response) {
                return Heads.of(response);
            }

            @Override
            public Response deliver(Attempt attempt, Response response) {
                Response own = own(attempt, response);
                attempts.succeeded(attempt);
                return own;
            }

            @Override
            public void drop(Response response) {
                response.close();
            }
        });
    }

    CompletableFuture<Response> runAsync(AsyncClient<Object> client, Optional<Object> context) {
        CompletableFuture<Response> call = service.failover()
                .callAsync(
                        service.selector(),
                        service.context(head),
                        service.repeat(head),
                        attempt -> begin(client, context, attempt));
        try {
            if (call.isCompletedExceptionally()) call.getNow(null);
        } catch (CompletionException failed) {
            if (failed.getCause() instanceof NoServerAvailableException none)
                return CompletableFuture.failedFuture(service.noServer(none));
        }
        return call;
    }

    private CompletionStage<Response> begin(AsyncClient<Object> client, Optional<Object> context, Attempt attempt) {
        try {
            return client.execute(copy(attempt), limited(attempt), context)
                    .thenApply(response -> instead(attempt, response) == null ? own(attempt, response) : response);
        } catch (IOException downgrade) {
            return CompletableFuture.failedFuture(downgrade);
        }
    }

    /** The old answer is closed, which reads what little is left of it. */
    private @Nullable Attempt instead(Attempt attempt, Response response) {
        attempt.sent();
        Attempt next = service.instead(attempt, Heads.of(response));
        if (next != null) response.close();
        return next;
    }

    private Request copy(Attempt attempt) throws IOException {
        String target;
        try {
            target = service.target(head.uri(), attempt.server()).toString();
        } catch (IOException downgrade) {
            attempt.localFault(downgrade);
            throw downgrade;
        }
        return Request.create(
                request.httpMethod(), target, request.headers(), body(), request.charset(), request.requestTemplate());
    }

    /** HttpURLConnection sends a POST without a body again when the connection closes, and one with an empty body not. */
    private byte @Nullable [] body() {
        byte[] body = request.body();
        return body == null && request.httpMethod().isWithBody() ? EMPTY : body;
    }

    private Request.Options limited(Attempt attempt) {
        if (!attempt.limited()) return options;
        int left = (int) Math.min(Integer.MAX_VALUE, attempt.timeLeft().toMillis());
        return new Request.Options(
                least(options.connectTimeoutMillis(), left),
                TimeUnit.MILLISECONDS,
                least(options.readTimeoutMillis(), left),
                TimeUnit.MILLISECONDS,
                options.isFollowRedirects());
    }

    /** 0 is no timeout. */
    private static int least(int own, int left) {
        return own == 0 ? left : Math.min(own, left);
    }

    private Response own(Attempt attempt, Response response) {
        ResponseHead answered = Heads.of(response);
        Delivery delivery = service.deliver(attempt, answered);
        Response.Builder own = response.toBuilder().request(request).headers(Heads.marked(response, service, attempt));
        Response.Body body = response.body();
        if (body == null) {
            delivery.ended();
            return own.build();
        }
        String promised = head.method().equals("HEAD") ? null : answered.header("Content-Length");
        return own.body(new TrackedBody(body, delivery, length(promised))).build();
    }

    private static long length(@Nullable String promised) {
        try {
            return promised == null ? -1 : Long.parseLong(promised);
        } catch (NumberFormatException unreadable) {
            return -1;
        }
    }
}
