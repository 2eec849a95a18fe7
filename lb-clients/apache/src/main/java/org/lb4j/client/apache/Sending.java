package org.lb4j.client.apache;

import java.io.IOException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import org.apache.hc.client5.http.async.AsyncExecCallback;
import org.apache.hc.client5.http.async.AsyncExecRuntime;
import org.apache.hc.core5.concurrent.ComplexCancellable;
import org.apache.hc.core5.http.EntityDetails;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.RequestNotExecutedException;
import org.apache.hc.core5.http.nio.AsyncDataConsumer;
import org.jspecify.annotations.Nullable;
import org.lb4j.Outcome;
import org.lb4j.client.Delivery;
import org.lb4j.client.ResponseHead;
import org.lb4j.failover.Attempt;
import org.lb4j.failover.Failure;

/**
 * One attempt of an asynchronous call, and the stage that is complete with its head. It begins to send when somebody listens
 * to the stage: so when a head comes it is decided there and then whether it is the call's result. That is this object itself, as
 * what is closed when nobody wants it.
 */
final class Sending extends CompletableFuture<AutoCloseable> implements AsyncExecCallback, AutoCloseable {
    private static final Executor LATER =
            CompletableFuture.delayedExecutor(Drain.PATIENCE.toMilliseconds(), TimeUnit.MILLISECONDS);

    private final AsyncExchange exchange;
    private final Attempt attempt;
    private final Way way;
    private final SharedBody.@Nullable Part body;
    private final AsyncExecRuntime runtime;
    private final ComplexCancellable cancel = new ComplexCancellable();
    private final AtomicBoolean begun = new AtomicBoolean();
    private volatile boolean landed; // an answer or a failure has come
    private volatile boolean replaced;
    private volatile boolean dropped;
    private volatile @Nullable Delivery delivery;

    Sending(
            AsyncExchange exchange,
            Attempt attempt,
            Way way,
            SharedBody.@Nullable Part body,
            AsyncExecRuntime runtime) {
        this.exchange = exchange;
        this.attempt = attempt;
        this.way = way;
        this.body = body;
        this.runtime = runtime;
    }

    Attempt attempt() {
        return attempt;
    }

    /** It has asked for a connection, and has none. */
    boolean isQueued() {
        return !landed && !runtime.isEndpointAcquired();
    }

    @Override
    public CompletableFuture<AutoCloseable> whenComplete(BiConsumer<? super AutoCloseable, ? super Throwable> action) {
        CompletableFuture<AutoCloseable> heard = super.whenComplete(action);
        if (begun.compareAndSet(false, true) && !isDone()) send(); // D36
        return heard;
    }

    private void send() {
        try {
            exchange.proceed(this, way, body, runtime, cancel);
            if (isCancelled()) abort(); // it may have been too early for that
        } catch (HttpException | IOException | RuntimeException refused) {
            attempt.localFault(refused); // what a server does comes back as a call
            failed(refused);
        }
    }

    /** Whoever gives the attempt up: its time is over, the call is, or another one was faster. */
    @Override
    public boolean cancel(boolean mayInterruptIfRunning) {
        boolean cancelled = super.cancel(mayInterruptIfRunning);
        if (cancelled) abort();
        return cancelled;
    }

    /** The head came too late to be the result. */
    @Override
    public void close() {
        if (replaced) return; // its body is read and dropped
        dropped = true;
        abort();
    }

    /**
     * HttpClient keeps what is to be cancelled in one place, and on a connection that was open already the exchange is
     * overwritten there by the lease of that connection, so its cancel does nothing. Closing the connection does.
     */
    void abort() {
        if (body != null) body.over();
        cancel.cancel();
        runtime.discardEndpoint(); // D39
    }

    @Override
    public @Nullable AsyncDataConsumer handleResponse(HttpResponse response, @Nullable EntityDetails details)
            throws HttpException, IOException {
        landed = true;
        attempt.sent();
        if (isDone()) return null;
        ResponseHead head = Heads.of(response);
        if (exchange.service().instead(attempt, head) != null) {
            replaced = true;
            if (body != null) body.over();
            if (details != null) LATER.execute(runtime::discardEndpoint); // nothing, if it was read by then
            complete(this); // the next one begins, while this one is read to its end
            return details == null ? null : new AsyncDrain();
        }
        Delivery begins = exchange.service().deliver(attempt, head);
        delivery = begins;
        if (!complete(this)) dropped = true; // it was given up meanwhile
        if (dropped) {
            begins.cancelled();
            return null;
        }
        if (!exchange.watch().sent(attempt)) begins.cancelled(); // a cache answered
        return deliver(response, details, begins);
    }

    private @Nullable AsyncDataConsumer deliver(HttpResponse response, @Nullable EntityDetails details, Delivery begins)
            throws HttpException, IOException {
        exchange.delivers(this);
        Heads.mark(response, exchange.service(), attempt);
        if (details == null) begins.ended();
        try {
            AsyncDataConsumer consumer = exchange.callback().handleResponse(response, details);
            return consumer == null ? null : new TrackedConsumer(consumer, begins);
        } catch (HttpException | IOException | RuntimeException ours) {
            begins.cancelled();
            throw ours;
        }
    }

    @Override
    public void handleInformationResponse(HttpResponse response) throws HttpException, IOException {
        if (!isDone()) exchange.callback().handleInformationResponse(response);
    }

    @Override
    public void completed() {
        runtime.releaseEndpoint();
        Delivery delivered = delivery;
        if (delivered == null || dropped) return;
        delivered.ended(); // nobody wanted the body
        exchange.complete();
    }

    /** After a cancel this comes twice, with exceptions of two classes: only the first one is heard. */
    @Override
    public void failed(Exception cause) {
        landed = true;
        if (body != null) body.over();
        boolean connected = runtime.isEndpointAcquired();
        runtime.discardEndpoint();
        Delivery delivered = delivery;
        if (delivered == null) {
            // Not every pool of connections says ConnectionRequestTimeoutException when it is full.
            if (!connected && cause instanceof TimeoutException) attempt.localFault(cause);
            fail(cause);
        } else if (!dropped) {
            if (exchange.isLeft() || attempt.failureOf(cause) == Failure.LOCAL) delivered.cancelled();
            else delivered.broken(cause);
            exchange.fail(cause);
        }
    }

    private void fail(Exception cause) {
        if (exchange.isLeft()) {
            CancellationException left = new CancellationException();
            left.initCause(cause);
            completeExceptionally(left);
            return;
        }
        // A server that closes a connection in good order, as nginx does each keepalive_requests, has done nothing
        // wrong.
        if (cause instanceof RequestNotExecutedException && !isDone())
            attempt.lease().end(Outcome.CANCELLED);
        completeExceptionally(cause);
    }
}
