package org.lb4j.health;

import java.net.UnknownHostException;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodySubscriber;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.lb4j.Server;

/** One HTTP probe: lookup, exchange, and what is left of the exchange once the result is known. */
final class HttpCheck extends StagedCheck implements Runnable {
    /** So long is the rest of an answer read away; a new connection costs less than waiting longer. */
    private static final long READ_AWAY_MILLIS = 100;

    private final HttpEngine engine;
    private final Server server;
    private @Nullable CompletableFuture<?> exchange; // guarded by this
    private boolean released; // guarded by this

    HttpCheck(HttpEngine engine, Server server) {
        this.engine = engine;
        this.server = server;
    }

    @Override
    public void run() {
        try {
            reach(Stage.LOOKUP);
            if (!Lookup.isAddress(server.host())) engine.probe().lookup().of(server.host());
            reach(Stage.ASKED);
            if (!isDone()) send();
        } catch (UnknownHostException unknown) {
            end(unknown);
        } catch (Throwable thrown) {
            end(thrown);
        }
    }

    private void send() {
        CompletableFuture<HttpResponse<Void>> sent =
                engine.send(engine.probe().plan().request(server), this::body);
        // A client of the JDK (17 to 25) that meets garbage fails the exchange and leaves its connection open; and a
        // future
        // that is done can not be cancelled any more. This one is never done, depends on the exchange, and can.
        CompletableFuture<Object> handle =
                sent.handle((response, thrown) -> response).thenCompose(response -> new CompletableFuture<>());
        synchronized (this) {
            exchange = handle;
            if (released) handle.cancel(true);
        }
        var unused = sent.whenComplete((response, thrown) -> end(thrown));
    }

    private BodySubscriber<Void> body(HttpResponse.ResponseInfo answer) {
        reach(Stage.ANSWERING);
        HttpExpectation expectation = engine.probe().expectation();
        ProbeResult atHeaders = expectation.atHeaders(answer.statusCode(), answer.headers());
        BodyReader reader = expectation.reader(answer.statusCode(), atHeaders);
        if (reader == null) decide(atHeaders);
        return new ProbeBody(reader, this::decide);
    }

    /** The result is known; what follows is read away for a while. */
    private void decide(ProbeResult result) {
        if (complete(result)) engine.later(this::release, READ_AWAY_MILLIS);
    }

    private void end(@Nullable Throwable thrown) {
        engine.ended(this);
        if (thrown != null) {
            release();
            complete(Faults.of(thrown));
            return;
        }
        synchronized (this) {
            exchange = null; // its connection is the client's again, perhaps another probe's already
        }
        complete(ProbeResult.fail(Reason.PROTOCOL, "the answer ended without a result"));
    }

    @Override
    void release() {
        CompletableFuture<?> running;
        synchronized (this) {
            released = true;
            running = exchange;
        }
        // Cancelling it, and nothing else, closes the connection; its own timeout would leave it open.
        if (running != null) running.cancel(true);
        else engine.ended(this);
    }
}
