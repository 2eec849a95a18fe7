package org.lb4j.client.jdk;

import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.lb4j.client.Delivery;

/**
 * The user's listener, who hears of one socket only: the one that is the call's result. So it is told of the opening when that
 * is decided, and of nothing before.
 */
final class SocketListener implements WebSocket.Listener, AutoCloseable {
    private static final int LOST = 1006; // closed without a closing handshake

    private final WebSocket.Listener listener;
    private final CompletableFuture<BalancedSocket> opened = new CompletableFuture<>();
    private volatile @Nullable BalancedSocket socket;

    SocketListener(WebSocket.Listener listener) {
        this.listener = listener;
    }

    /** Before anybody knows whether this is the result. */
    void open(WebSocket bare, Delivery delivery) {
        socket = new BalancedSocket(bare, delivery);
    }

    /** It is. */
    WebSocket opened() {
        BalancedSocket mine = socket();
        try {
            listener.onOpen(mine);
        } catch (RuntimeException | Error fault) {
            mine.delivery().cancelled();
            mine.abort();
            listener.onError(mine, fault);
            return mine;
        }
        opened.complete(mine);
        return mine;
    }

    /** It is not, or too late. */
    @Override
    public void close() {
        BalancedSocket late = socket;
        if (late == null) return;
        late.delivery().cancelled();
        late.abort();
    }

    private BalancedSocket socket() {
        BalancedSocket mine = socket;
        if (mine == null) throw new IllegalStateException("not open");
        return mine;
    }

    @Override
    public void onOpen(WebSocket bare) {
        // requests nothing: the user's own onOpen does
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket bare, CharSequence data, boolean last) {
        return listener.onText(socket(), data, last);
    }

    @Override
    public @Nullable CompletionStage<?> onBinary(WebSocket bare, ByteBuffer data, boolean last) {
        return listener.onBinary(socket(), data, last);
    }

    @Override
    public @Nullable CompletionStage<?> onPing(WebSocket bare, ByteBuffer message) {
        return listener.onPing(socket(), message);
    }

    @Override
    public @Nullable CompletionStage<?> onPong(WebSocket bare, ByteBuffer message) {
        return listener.onPong(socket(), message);
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket bare, int statusCode, String reason) {
        BalancedSocket mine = socket();
        if (statusCode == LOST) mine.delivery().broken(false);
        else mine.delivery().ended();
        return listener.onClose(mine, statusCode, reason);
    }

    /** Comes without being asked for, and so perhaps before the opening. */
    @Override
    public void onError(WebSocket bare, Throwable error) {
        BalancedSocket known = socket;
        if (known != null) known.delivery().broken(false);
        var unused = opened.thenAccept(mine -> listener.onError(mine, error));
    }
}
