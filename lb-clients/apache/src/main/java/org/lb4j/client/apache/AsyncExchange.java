package org.lb4j.client.apache;

import java.io.IOException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.hc.client5.http.async.AsyncExecCallback;
import org.apache.hc.client5.http.async.AsyncExecChain;
import org.apache.hc.client5.http.async.AsyncExecRuntime;
import org.apache.hc.core5.concurrent.CancellableDependency;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.nio.AsyncEntityProducer;
import org.apache.hc.core5.http.support.BasicRequestBuilder;
import org.jspecify.annotations.Nullable;
import org.lb4j.NoServerAvailableException;
import org.lb4j.client.RequestHead;
import org.lb4j.client.Service;
import org.lb4j.failover.Attempt;

/** One balanced call of an asynchronous client. Each attempt has a connection and a cancel of its own. */
final class AsyncExchange {
    private final Service service;
    private final HttpRequest request;
    private final @Nullable SharedBody body;
    private final AsyncExecChain.Scope scope;
    private final AsyncExecChain chain;
    private final AsyncExecCallback callback;
    private final Watch watch;
    private final AtomicBoolean told = new AtomicBoolean();
    private volatile @Nullable CompletableFuture<AutoCloseable> call;
    private volatile @Nullable Sending delivering;
    private volatile boolean left;

    AsyncExchange(
            Service service,
            HttpRequest request,
            @Nullable AsyncEntityProducer body,
            AsyncExecChain.Scope scope,
            AsyncExecChain chain,
            AsyncExecCallback callback) {
        this.service = service;
        this.request = request;
        this.body = body == null ? null : new SharedBody(body);
        this.scope = scope;
        this.chain = chain;
        this.callback = callback;
        this.watch = Watch.begin(scope.clientContext, body != null && !body.isRepeatable());
    }

    void run() {
        scope.cancellableDependency.setDependency(this::leave);
        RequestHead head = Heads.of(request, scope.route.getTargetHost());
        CompletableFuture<AutoCloseable> begun = service.failover()
                .callAsync(service.selector(), service.context(head), service.repeat(head), this::begin);
        call = begun;
        if (left) begun.cancel(true); // it may have been too early for that
        var unused = begun.whenComplete((delivered, thrown) -> {
            if (thrown != null) fail(thrown);
        });
    }

    /** The caller cancels: whatever runs of the attempts, or of the body of the one that was answered. */
    private boolean leave() {
        left = true;
        CompletableFuture<AutoCloseable> running = call;
        if (running != null) running.cancel(true);
        Sending answered = delivering;
        if (answered != null) answered.abort();
        return true;
    }

    /** Asked before anything else, since a cancelled exchange fails in many ways, and more than once. */
    boolean isLeft() {
        return left || scope.cancellableDependency.isCancelled();
    }

    private CompletionStage<AutoCloseable> begin(Attempt attempt) {
        if (isLeft()) return CompletableFuture.failedFuture(new CancellationException());
        try {
            Way way = Way.to(attempt.server(), service, scope.route, request);
            SharedBody.Part part = body == null ? null : body.next(attempt);
            Sending sending = new Sending(this, attempt, way, part, scope.execRuntime.fork());
            attempt.unsent();
            attempt.queuedWhile(sending::isQueued);
            return sending;
        } catch (IOException | IllegalStateException ours) {
            attempt.localFault(ours);
            return CompletableFuture.failedFuture(ours);
        }
    }

    void proceed(
            Sending sending,
            Way way,
            @Nullable AsyncEntityProducer part,
            AsyncExecRuntime runtime,
            CancellableDependency cancel)
            throws HttpException, IOException {
        HttpRequest copy = BasicRequestBuilder.copy(request)
                .setScheme(way.scheme())
                .setAuthority(way.authority())
                .build();
        watch.begin(copy, sending.attempt(), sending::isCancelled);
        AsyncExecChain.Scope scopeOfAttempt = new AsyncExecChain.Scope(
                scope.exchangeId,
                way.route(),
                scope.originalRequest,
                cancel,
                scope.clientContext,
                runtime,
                scope.scheduler,
                scope.execCount);
        chain.proceed(copy, part, scopeOfAttempt, sending);
    }

    /** From here on a cancel reaches this attempt's body. */
    void delivers(Sending answered) {
        delivering = answered;
        scope.clientContext.setAttribute(
                BalancedApache.SERVER_ATTRIBUTE, answered.attempt().server());
        if (isLeft()) answered.abort();
    }

    void complete() {
        if (told.compareAndSet(false, true)) callback.completed();
    }

    /** Once, whatever else fails of a call that has failed. */
    void fail(Throwable thrown) {
        if (told.compareAndSet(false, true)) callback.failed(shown(thrown));
    }

    private Exception shown(Throwable thrown) {
        if (thrown instanceof NoServerAvailableException none) return service.noServer(none);
        return thrown instanceof Exception exception ? exception : new IOException(thrown);
    }

    Service service() {
        return service;
    }

    Watch watch() {
        return watch;
    }

    AsyncExecCallback callback() {
        return callback;
    }
}
