package org.lb4j.client.okhttp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.lb4j.client.testing.Fleet.ok;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import okhttp3.Cache;
import okhttp3.Call;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okhttp3.WebSocket;
import okhttp3.WebSocketListener;
import okio.BufferedSink;
import okio.ByteString;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.lb4j.Outcome;
import org.lb4j.client.testing.Fleet;
import org.lb4j.testing.TestServer;

/** What ends a call, and what is said of its server: cancelling, bodies that break, caches, sockets. */
@Timeout(60)
final class EndingIT {
    private final Fleet fleet = new Fleet();
    private OkHttpClient client;

    @AfterEach
    void nothingIsLeftInFlight() {
        fleet.close();
        client.dispatcher().executorService().shutdown();
    }

    @Test
    void cancellingInsideTheBodyBlamesNobody() throws IOException {
        start((request, out) -> {
            out.head(200, 10);
            out.write("abc");
            out.hang();
        });
        Call call = client.newCall(get());
        try (Response response = call.execute()) {
            assertThat(response.body().source().readByteString(3).utf8()).isEqualTo("abc");
            assertThat(fleet.pool().inFlight()).isEqualTo(1);
            call.cancel();
            assertThatThrownBy(() -> response.body().source().readByte()).isInstanceOf(IOException.class);
        }
        assertThat(fleet.ends()).containsExactly(Outcome.CANCELLED);
        fleet.awaitLeft(0);
    }

    @Test
    void aBodyOfOurOwnThatBreaksBlamesNoServerAndIsNotRepeated() {
        start(ok("a"), ok("b"));
        RequestBody broken = new RequestBody() {
            @Override
            public MediaType contentType() {
                return null;
            }

            @Override
            public void writeTo(BufferedSink sink) throws IOException {
                sink.writeUtf8("x".repeat(100_000)).flush(); // the connection is well
                throw new IOException("ours");
            }
        };
        assertThatThrownBy(() ->
                        client.newCall(get().newBuilder().put(broken).build()).execute())
                .hasMessage("ours");
        assertThat(fleet.ends()).containsExactly(Outcome.CANCELLED);
    }

    @Test
    void anAnswerFromTheCacheSaysNothingOfAServer(@TempDir Path folder) throws IOException {
        start((request, out) -> out.send(200, "a", "Cache-Control: max-age=600"));
        client = client.newBuilder().cache(new Cache(folder.toFile(), 100_000)).build();
        for (int i = 0; i < 2; i++) assertThat(text(get())).isEqualTo("a");
        assertThat(fleet.hits()).isEqualTo(1);
        assertThat(fleet.ends()).containsExactly(Outcome.SUCCESS, Outcome.CANCELLED);
    }

    @Test
    void aWebSocketIsCountedUntilItIsOpen() {
        start((request, out) -> {
            String key = request.headers().get("sec-websocket-key") + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
            out.write("HTTP/1.1 101 Yes\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: "
                    + ByteString.encodeUtf8(key).sha1().base64() + "\r\n\r\n");
            out.hang();
        });
        CompletableFuture<Integer> opened = new CompletableFuture<>();
        WebSocket socket = client.newWebSocket(get(), new WebSocketListener() {
            @Override
            public void onOpen(WebSocket webSocket, Response response) {
                opened.complete(fleet.pool().inFlight());
            }

            @Override
            public void onFailure(WebSocket webSocket, Throwable thrown, Response response) {
                opened.completeExceptionally(thrown);
            }
        });
        assertThat(opened.join()).isZero();
        assertThat(fleet.ends()).containsExactly(Outcome.SUCCESS);
        socket.cancel();
    }

    private void start(TestServer.Answer... answers) {
        client = BalancedOkHttp.install(new OkHttpClient.Builder(), fleet.start(answers))
                .build();
    }

    private static Request get() {
        return new Request.Builder().url("http://users/42").build();
    }

    private String text(Request request) throws IOException {
        try (Response response = client.newCall(request).execute()) {
            return response.body().string();
        }
    }
}
