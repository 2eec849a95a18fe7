package org.lb4j.client.apache;

import java.io.IOException;
import org.apache.hc.client5.http.classic.ExecChain;
import org.apache.hc.client5.http.classic.ExecRuntime;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.ProtocolException;
import org.apache.hc.core5.http.io.support.ClassicRequestBuilder;
import org.apache.hc.core5.util.Timeout;
import org.lb4j.client.Delivery;
import org.lb4j.client.Service;
import org.lb4j.failover.Attempt;
import org.lb4j.failover.Attempts;
import org.lb4j.failover.Failure;

/** One balanced call of a classic client. */
final class Exchange {
    private final Service service;
    private final ClassicHttpRequest request;
    private final ExecChain.Scope scope;
    private final ExecChain chain;
    private final Attempts attempts;
    private final Watch watch;

    Exchange(Service service, ClassicHttpRequest request, ExecChain.Scope scope, ExecChain chain) {
        this.service = service;
        this.request = request;
        this.scope = scope;
        this.chain = chain;
        this.attempts = service.attempts(Heads.of(request, scope.route.getTargetHost()));
        HttpEntity body = request.getEntity();
        this.watch = Watch.begin(scope.clientContext, body != null && !body.isRepeatable());
    }

    ClassicHttpResponse run() throws IOException, HttpException {
        Attempt attempt = service.first(attempts);
        while (true) {
            Attempt next = null;
            try {
                ClassicHttpResponse response = send(attempt);
                next = service.instead(attempt, Heads.of(response));
                if (next == null) return delivered(attempt, response);
                Drain.drain(response, scope.execRuntime);
            } catch (Throwable thrown) {
                // If it was picked already, what fails here is the rest of an answer that nobody wants.
                if (next == null) next = attempts.after(attempt, failure(attempt, thrown), thrown);
                if (next == null) {
                    attempts.explained(thrown);
                    throw thrown;
                }
            }
            attempt = next;
        }
    }

    /** A cancelled call fails in many ways. */
    private Failure failure(Attempt attempt, Throwable thrown) {
        if (scope.execRuntime.isExecutionAborted()) return Failure.CANCELLED;
        boolean refused = thrown instanceof ProtocolException && !watch.sent(attempt); // by HttpClient
        if (refused) attempt.localFault(thrown);
        return attempt.failureOf(thrown);
    }

    private ClassicHttpResponse send(Attempt attempt) throws IOException, HttpException {
        Way way;
        try {
            way = Way.to(attempt.server(), service, scope.route, request);
        } catch (IOException downgrade) {
            attempt.localFault(downgrade);
            throw downgrade;
        }
        attempt.unsent();
        ClassicHttpRequest copy = copy(way, attempt);
        watch.begin(copy, attempt, () -> false); // an aborted one fails by itself
        // A connect that was refused leaves its endpoint behind, and a redirect that of the server before.
        ExecRuntime runtime = scope.execRuntime;
        if (runtime.isEndpointAcquired()) runtime.discardEndpoint();
        ExecChain.Scope to =
                new ExecChain.Scope(scope.exchangeId, way.route(), scope.originalRequest, runtime, scope.clientContext);
        return attempt.limited() ? limited(attempt, copy, to) : chain.proceed(copy, to);
    }

    private ClassicHttpRequest copy(Way way, Attempt attempt) {
        HttpEntity body = request.getEntity();
        return ClassicRequestBuilder.copy(request)
                .setScheme(way.scheme())
                .setAuthority(way.authority())
                .setEntity(body == null ? null : new WatchedEntity(body, attempt))
                .build();
    }

    /** Waiting for a connection of a full pool is bounded by HttpClient, all else by us. */
    private ClassicHttpResponse limited(Attempt attempt, ClassicHttpRequest copy, ExecChain.Scope to)
            throws IOException, HttpException {
        HttpClientContext context = scope.clientContext;
        RequestConfig own = context.getRequestConfigOrDefault();
        Timeout left = Timeout.of(attempt.timeLeft());
        if (least(own.getConnectionRequestTimeout(), left) == left)
            context.setRequestConfig(
                    RequestConfig.copy(own).setConnectionRequestTimeout(left).build());
        Wall wall = Wall.of(left, scope.execRuntime);
        try {
            return wall.within(() -> chain.proceed(copy, to));
        } finally {
            wall.end();
            context.setRequestConfig(own);
        }
    }

    /** None, or 0, is no limit. */
    private static Timeout least(Timeout own, Timeout left) {
        return own == null || own.isDisabled() || own.compareTo(left) > 0 ? left : own;
    }

    private ClassicHttpResponse delivered(Attempt attempt, ClassicHttpResponse response) {
        Delivery delivery = service.deliver(attempt, Heads.of(response));
        if (!attempts.succeeded(attempt) || !watch.sent(attempt)) delivery.cancelled(); // not sent: a cache answered
        Heads.mark(response, service, attempt);
        scope.clientContext.setAttribute(BalancedApache.SERVER_ATTRIBUTE, attempt.server());
        HttpEntity body = response.getEntity();
        if (body != null && body.getContentLength() != 0)
            return new TrackedResponse(response, body, delivery, scope.execRuntime::isExecutionAborted);
        delivery.ended();
        return response;
    }
}
