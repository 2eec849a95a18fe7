package org.lb4j.health;

import java.net.InetAddress;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodySubscriber;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.lb4j.Server;

/** One HTTP probe: lookup, exchange, and what is left of the exchange once the result is known. */
final class HttpCheck extends AddressedCheck {
    /** So long is the rest of an answer read away; a new connection costs less than waiting longer. */
    private static final long READ_AWAY_MILLIS = 100;

    private final HttpEngine engine;
    private final Server server;
    private @Nullable CompletableFuture<?> exchange; // guarded by this
    private @Nullable Future<?> readingAway; // guarded by this
    private boolean over; // guarded by this

    HttpCheck(HttpEngine engine, Server server) {
        this.engine = engine;
        this.server = server;
    }

    /** The client looks the name up again, and finds it in the JVM's cache. */
    @Override
    void ask(InetAddress address) {
        CompletableFuture<HttpResponse<Void>> sent =
                engine.send(engine.probe().plan().request(server), this::body);
        /* A client of the JDK (17 to 25) that meets garbage fails the exchange and leaves its connection open; and a future
         * that is done can not be cancelled any more. This one is never done, depends on the exchange, and can. */
        CompletableFuture<Object> handle =
                sent.handle((response, thrown) -> response).thenCompose(response -> new CompletableFuture<>());
        boolean late;
        synchronized (this) {
            exchange = handle;
            late = over;
        }
        if (late) handle.cancel(true);
        var unused = sent.whenComplete((response, thrown) -> end(thrown));
    }

    @Override
    void failed(Throwable thrown) {
        end(thrown);
    }

    private BodySubscriber<Void> body(HttpResponse.ResponseInfo answer) {
        reach(Stage.ANSWERING);
        HttpExpectation expectation = engine.expectation();
        ProbeResult atHeaders = expectation.atHeaders(answer.statusCode(), answer.headers());
        BodyReader reader = expectation.reader(answer.statusCode(), atHeaders);
        if (reader == null) decide(atHeaders);
        return new ProbeBody(reader, this::decide);
    }

    /** The result is known; what follows is read away for a while. */
    private void decide(ProbeResult result) {
        if (!complete(result)) return;
        Future<?> timer = engine.later(this::release, READ_AWAY_MILLIS);
        boolean late;
        synchronized (this) {
            readingAway = timer;
            late = over;
        }
        if (late) timer.cancel(false);
    }

    private void end(@Nullable Throwable thrown) {
        if (thrown != null) {
            release();
            complete(Faults.of(thrown));
            return;
        }
        var unused = over(); // its connection is the client's again, perhaps another probe's already
        complete(ProbeResult.fail(Reason.PROTOCOL, "the answer ended without a result"));
    }

    @Override
    void release() {
        CompletableFuture<?> running = over();
        // Cancelling it, and nothing else, closes the connection; its own timeout would leave it open.
        if (running != null) running.cancel(true);
    }

    /** What was running until now, if anything. */
    private @Nullable CompletableFuture<?> over() {
        engine.ended(this);
        synchronized (this) {
            CompletableFuture<?> running = exchange;
            over = true;
            exchange = null;
            if (readingAway != null) readingAway.cancel(false);
            return running;
        }
    }
}
