package org.lb4j.client.jdk;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.lb4j.SelectionContext;
import org.lb4j.client.RequestHead;
import org.lb4j.client.ResponseHead;
import org.lb4j.client.Service;
import org.lb4j.failover.Attempt;

/** One balanced WebSocket: until its 101 it is repeated as a GET is, and then it is in flight until its end. */
record SocketExchange(
        Service service,
        @Nullable SelectionContext context,
        URI uri,
        Function<String, @Nullable String> headers,
        BiFunction<URI, WebSocket.Listener, CompletableFuture<WebSocket>> builder) {
    private static final int SWITCHED = 101;

    CompletableFuture<WebSocket> open(WebSocket.Listener listener) {
        RequestHead head = new Handshake(uri, headers);
        CompletableFuture<SocketListener> call = service.failover()
                .callAsync(
                        service.selector(),
                        context == null ? service.context(head) : context,
                        service.repeat(head),
                        attempt -> begin(attempt, listener));
        return result(Exchange.shown(service, call));
    }

    /** Whoever has given the result up gets no socket, and nobody is left with one. */
    private static CompletableFuture<WebSocket> result(CompletableFuture<SocketListener> call) {
        CompletableFuture<WebSocket> result = call.newIncompleteFuture(); // cancelled, it cancels the call
        var unused = call.whenComplete((opened, thrown) -> {
            if (thrown != null) result.completeExceptionally(thrown);
            else if (result.isDone() || !result.complete(opened.opened())) opened.close();
        });
        return result;
    }

    private CompletionStage<SocketListener> begin(Attempt attempt, WebSocket.Listener listener) {
        try {
            Opening opening = new Opening(service, attempt, new SocketListener(listener));
            return opening.by(builder.apply(node(attempt), opening.heard));
        } catch (IOException downgrade) {
            attempt.localFault(downgrade);
            return CompletableFuture.failedFuture(downgrade);
        }
    }

    /** Schemes are compared as those of HTTP: a wss socket is not opened to an http server. */
    private URI node(Attempt attempt) throws IOException {
        String http = uri.toString().replaceFirst("(?i)^ws", "http");
        String node = service.target(URI.create(http), attempt.server()).toString();
        return URI.create(node.replaceFirst("^http", "ws"));
    }

    private record Handshake(URI uri, Function<String, @Nullable String> headers) implements RequestHead {
        @Override
        public String method() {
            return "GET";
        }

        @Override
        public @Nullable String header(String name) {
            return headers.apply(name);
        }
    }

    /** One attempt, until it is open or refused. */
    private static final class Opening extends CompletableFuture<SocketListener> {
        private final Service service;
        private final Attempt attempt;
        private final SocketListener heard;
        private volatile @Nullable CompletableFuture<WebSocket> building;

        Opening(Service service, Attempt attempt, SocketListener heard) {
            this.service = service;
            this.attempt = attempt;
            this.heard = heard;
        }

        Opening by(CompletableFuture<WebSocket> begun) {
            building = begun;
            var unused = begun.whenComplete((socket, thrown) -> {
                if (thrown == null) open(socket);
                else
                    refused(
                            thrown instanceof CompletionException && thrown.getCause() != null
                                    ? thrown.getCause()
                                    : thrown);
            });
            return this;
        }

        @Override
        public boolean cancel(boolean mayInterruptIfRunning) {
            CompletableFuture<WebSocket> running = building;
            if (running != null) running.cancel(true);
            return super.cancel(mayInterruptIfRunning);
        }

        private void open(WebSocket socket) {
            heard.open(socket, service.deliver(attempt, new Status(SWITCHED, null)));
            if (!complete(heard)) heard.close(); // given up meanwhile
        }

        /** A server that answers something else has answered: its status is the verdict, and not repeated unless said so. */
        private void refused(Throwable thrown) {
            HttpResponse<?> response =
                    thrown instanceof WebSocketHandshakeException refused ? refused.getResponse() : null;
            if (response != null && response.statusCode() != SWITCHED) {
                ResponseHead head = new Status(response.statusCode(), response);
                if (service.instead(attempt, head) != null) {
                    complete(heard); // the next attempt begins
                    return;
                }
                service.deliver(attempt, head).ended();
            }
            completeExceptionally(thrown);
        }
    }

    private record Status(int status, @Nullable HttpResponse<?> response) implements ResponseHead {
        @Override
        public @Nullable String header(String name) {
            return response == null ? null : response.headers().firstValue(name).orElse(null);
        }
    }
}
