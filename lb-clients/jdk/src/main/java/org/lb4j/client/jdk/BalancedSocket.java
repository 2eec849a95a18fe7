package org.lb4j.client.jdk;

import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import org.lb4j.client.Delivery;

/** A socket whose end is the end of the call. */
record BalancedSocket(WebSocket socket, Delivery delivery) implements WebSocket {
    @Override
    public CompletableFuture<WebSocket> sendText(CharSequence data, boolean last) {
        return own(socket.sendText(data, last));
    }

    @Override
    public CompletableFuture<WebSocket> sendBinary(ByteBuffer data, boolean last) {
        return own(socket.sendBinary(data, last));
    }

    @Override
    public CompletableFuture<WebSocket> sendPing(ByteBuffer message) {
        return own(socket.sendPing(message));
    }

    @Override
    public CompletableFuture<WebSocket> sendPong(ByteBuffer message) {
        return own(socket.sendPong(message));
    }

    @Override
    public CompletableFuture<WebSocket> sendClose(int statusCode, String reason) {
        return own(socket.sendClose(statusCode, reason));
    }

    private CompletableFuture<WebSocket> own(CompletableFuture<WebSocket> sent) {
        return sent.thenApply(bare -> this);
    }

    @Override
    public void request(long n) {
        socket.request(n);
    }

    @Override
    public String getSubprotocol() {
        return socket.getSubprotocol();
    }

    @Override
    public boolean isOutputClosed() {
        return socket.isOutputClosed();
    }

    @Override
    public boolean isInputClosed() {
        return socket.isInputClosed();
    }

    /** Calls no listener, so the end of the call is here. */
    @Override
    public void abort() {
        delivery.ended();
        socket.abort();
    }
}
