package org.lb4j.client.jdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.net.ConnectException;
import java.net.ProtocolException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.lb4j.CallObserver;
import org.lb4j.Outcome;
import org.lb4j.Server;
import org.lb4j.ServerPool;
import org.lb4j.algorithm.Algorithms;
import org.lb4j.client.ServiceSettings;
import org.lb4j.client.Services;
import org.lb4j.failover.Budget;
import org.lb4j.failover.Failover;
import org.lb4j.failover.Hedge;

/** Balanced WebSockets, against servers in this process. */
@Timeout(60)
final class WebSocketIT {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final URI CHAT = URI.create("ws://users/chat?room=%20");

    private final List<SocketServer> servers = new ArrayList<>();
    private final List<Outcome> ends = new CopyOnWriteArrayList<>();
    private ServerPool pool;
    private HttpClient client;

    @AfterEach
    void nothingIsLeftInFlight() {
        await().atMost(PATIENCE).until(() -> pool.inFlight() == 0);
        servers.forEach(SocketServer::close);
    }

    @Test
    void socketsAreSpreadAndInFlightUntilTheyAreClosed() {
        start(101, 101);
        List<WebSocket> sockets = new ArrayList<>();
        List<Heard> heard = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            heard.add(new Heard());
            sockets.add(client.newWebSocketBuilder()
                    .header("X-Mine", "1")
                    .subprotocols("chat", "talk")
                    .connectTimeout(PATIENCE)
                    .buildAsync(CHAT, heard.get(i))
                    .join());
        }
        assertThat(pool.inFlight()).isEqualTo(4);
        assertThat(pool.members()).extracting(each -> each.inFlight()).containsExactly(2, 2);
        assertThat(servers.get(0).handshakes)
                .hasSize(2)
                .allSatisfy(each -> assertThat(each)
                        .startsWith("GET /chat?room=%20 HTTP/1.1\n")
                        .contains("X-Mine: 1", "Sec-WebSocket-Protocol: chat, talk"));
        for (int i = 0; i < 4; i++) {
            WebSocket socket = sockets.get(i);
            assertThat(socket.sendText("hello " + i, true).join()).isSameAs(socket);
            assertThat(heard.get(i).text.join()).isEqualTo("hello " + i);
            assertThat(heard.get(i).opened).containsExactly(socket); // the one that the caller has
            socket.sendClose(WebSocket.NORMAL_CLOSURE, "bye").join();
            assertThat(heard.get(i).closed.join()).isEqualTo(WebSocket.NORMAL_CLOSURE);
        }
        assertThat(pool.inFlight()).isZero();
        assertThat(ends).hasSize(4).containsOnly(Outcome.SUCCESS);
    }

    @Test
    void anAbortEndsTheCall() {
        start(101);
        WebSocket socket = open(new Heard()).join();
        assertThat(pool.inFlight()).isEqualTo(1);
        socket.abort();
        assertThat(pool.inFlight()).isZero();
        await().atMost(PATIENCE).until(() -> servers.get(0).open() == 0);
        assertThat(ends).containsExactly(Outcome.SUCCESS);
    }

    @Test
    void aPeerThatIsLostHasFailed() {
        start(101);
        Heard heard = new Heard();
        open(heard).join();
        servers.get(0).dropAll();
        heard.ended();
        assertThat(pool.inFlight()).isZero();
        assertThat(ends).containsExactly(Outcome.FAILURE);
    }

    @Test
    void aServerThatIsGoneCostsNoSocket() {
        start(101, 101);
        servers.get(0).close();
        for (int i = 0; i < 4; i++) open(new Heard()).join().abort();
        assertThat(servers.get(1).handshakes).hasSize(4);
    }

    @Test
    void aRefusalIsTheServersAnswerUnlessSaidOtherwise() {
        start(503);
        assertThatThrownBy(() -> open(new Heard()).join()).hasCauseInstanceOf(WebSocketHandshakeException.class);
        assertThat(servers.get(0).handshakes).hasSize(1);
        assertThat(ends).containsExactly(Outcome.FAILURE);
    }

    @Test
    void aRefusalToBeRepeatedLeadsToAnotherServer() {
        start(service -> service.repeatOnStatus(503), 503, 101);
        for (int i = 0; i < 4; i++) open(new Heard()).join().abort();
        assertThat(servers.get(1).handshakes).hasSize(4);
    }

    @Test
    void cancellingBeforeItIsOpenEndsTheCall() {
        start(0);
        CompletableFuture<WebSocket> opening = open(new Heard());
        await().atMost(PATIENCE).until(() -> servers.get(0).handshakes.size() == 1);
        opening.cancel(true);
        assertThat(pool.inFlight()).isZero();
        assertThat(ends).containsExactly(Outcome.CANCELLED);
    }

    @Test
    void aServerThatDoesNotOpenIsGivenUpForAnother() {
        Failover failover =
                Failover.builder().attemptTimeout(Duration.ofMillis(200)).build();
        start(service -> service.failover(failover), 0, 101);
        for (int i = 0; i < 2; i++) open(new Heard()).join().abort();
        assertThat(ends).contains(Outcome.TIMEOUT).doesNotContain(Outcome.FAILURE);
    }

    @Test
    void aHedgeOpensOneSocketForOneListener() {
        Hedge hedge = Hedge.after(Duration.ofMillis(30)).budget(Budget.unlimited());
        Failover failover = Failover.builder().hedge(hedge).build();
        start(service -> service.failover(failover), 0, 101);
        for (int i = 0; i < 4; i++) {
            Heard heard = new Heard();
            open(heard).join().abort();
            assertThat(heard.opened).hasSize(1);
        }
        await().atMost(PATIENCE).until(() -> pool.inFlight() == 0);
        assertThat(ends).contains(Outcome.CANCELLED);
    }

    @Test
    void aListenerThatThrowsBlamesNobody() {
        start(101);
        CompletableFuture<Throwable> error = new CompletableFuture<>();
        open(new WebSocket.Listener() {
                    @Override
                    public void onOpen(WebSocket socket) {
                        throw new IllegalStateException("ours");
                    }

                    @Override
                    public void onError(WebSocket socket, Throwable thrown) {
                        error.complete(thrown);
                    }
                })
                .join();
        assertThat(error.join()).hasMessage("ours");
        assertThat(ends).containsExactly(Outcome.CANCELLED);
    }

    @Test
    void otherHostsPassThroughUntouched() {
        start(101);
        SocketServer other = serve(101);
        WebSocket socket = client.newWebSocketBuilder()
                .header("X-Mine", "1")
                .buildAsync(URI.create("ws://" + other.server().hostPort() + "/"), new Heard())
                .join();
        assertThat(other.handshakes).hasSize(1).allMatch(each -> each.contains("X-Mine: 1"));
        assertThat(pool.inFlight()).isZero();
        socket.abort();
        assertThat(ends).isEmpty();
    }

    @Test
    void withoutAServerOrDownFromTlsNothingIsOpened() {
        pool = ServerPool.of(List.of());
        wrap(service -> {});
        assertThatThrownBy(() -> open(new Heard()).join())
                .hasCauseInstanceOf(ConnectException.class)
                .hasMessageContaining("users: no server: 0 known");
        pool = ServerPool.of(List.of(Server.of("http://127.0.0.1:1")));
        wrap(service -> {});
        assertThatThrownBy(() -> client.newWebSocketBuilder()
                        .buildAsync(URI.create("wss://users/"), new Heard())
                        .join())
                .hasCauseInstanceOf(ProtocolException.class)
                .hasMessageContaining("users: https is asked for, but server 127.0.0.1:1 is http");
    }

    private CompletableFuture<WebSocket> open(WebSocket.Listener listener) {
        return client.newWebSocketBuilder().buildAsync(CHAT, listener);
    }

    private SocketServer serve(int status) {
        SocketServer server = new SocketServer(status);
        servers.add(server);
        return server;
    }

    private void start(int... statuses) {
        start(service -> {}, statuses);
    }

    private void start(Consumer<ServiceSettings> settings, int... statuses) {
        for (int status : statuses) serve(status);
        CallObserver observer = (start, answered, now, outcome) -> ends.add(outcome);
        pool = ServerPool.builder()
                .seed(1)
                .onCall(server -> observer)
                .servers(servers.stream().map(SocketServer::server).toList())
                .build();
        wrap(settings);
    }

    private void wrap(Consumer<ServiceSettings> settings) {
        Services services = Services.builder()
                .service("users", pool.selector(Algorithms.roundRobin()), settings)
                .build();
        client = BalancedHttpClient.wrap(HttpClient.newHttpClient(), services);
    }

    /** What a listener hears. */
    private static final class Heard implements WebSocket.Listener {
        final List<WebSocket> opened = new CopyOnWriteArrayList<>();
        final CompletableFuture<String> text = new CompletableFuture<>();
        final CompletableFuture<Integer> closed = new CompletableFuture<>();
        final CompletableFuture<Throwable> broken = new CompletableFuture<>();

        @Override
        public void onOpen(WebSocket socket) {
            opened.add(socket);
            socket.request(10);
        }

        @Override
        public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
            text.complete(data.toString());
            return null;
        }

        @Override
        public CompletionStage<?> onClose(WebSocket socket, int statusCode, String reason) {
            closed.complete(statusCode);
            return null;
        }

        @Override
        public void onError(WebSocket socket, Throwable error) {
            broken.complete(error);
        }

        void ended() {
            CompletableFuture.anyOf(closed, broken).join();
        }
    }
}
