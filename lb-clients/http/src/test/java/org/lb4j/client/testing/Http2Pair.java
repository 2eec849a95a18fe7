package org.lb4j.client.testing;

import java.io.IOException;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import mockwebserver3.SocketEffect;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;
import org.jspecify.annotations.Nullable;
import org.lb4j.Server;

/**
 * Two HTTP/2 servers that show one name: the first refuses each stream, the second takes them.
 *
 * <pre>{@code
 * try (Http2Pair pair = Http2Pair.refusing("api.test")) {
 *     call(ServerPool.of(pair.members()), pair.trusting().sslContext());
 *     assertThat(pair.taken(1)).isEqualTo(1);
 * }
 * }</pre>
 */
public final class Http2Pair implements AutoCloseable {
    private static final int REFUSED_STREAM = 7;

    private final HeldCertificate certificate;
    private final List<MockWebServer> servers = new ArrayList<>();
    private final List<Server> members = new ArrayList<>();

    private Http2Pair(String name) {
        this.certificate =
                new HeldCertificate.Builder().addSubjectAlternativeName(name).build();
    }

    /**
     * Starts both.
     *
     * @param name what they show in TLS
     * @return the pair
     * @throws IOException if they do not start
     */
    public static Http2Pair refusing(String name) throws IOException {
        return of(name, new Refusing(), new Taking());
    }

    private static Http2Pair of(String name, Dispatcher one, Dispatcher two) throws IOException {
        Http2Pair pair = new Http2Pair(name);
        pair.start("127.0.0.1", one);
        pair.start("127.0.0.2", two);
        return pair;
    }

    private void start(String address, Dispatcher dispatcher) throws IOException {
        HandshakeCertificates held =
                new HandshakeCertificates.Builder().heldCertificate(certificate).build();
        MockWebServer server = new MockWebServer();
        server.useHttps(held.sslSocketFactory());
        server.setDispatcher(dispatcher);
        server.start(InetAddress.getByName(address), 0);
        servers.add(server);
        members.add(Server.of(address, server.getPort()));
    }

    /**
     * Both, for a pool.
     *
     * @return the refusing one first
     */
    public List<Server> members() {
        return members;
    }

    /**
     * What a client needs to trust them.
     *
     * @return certificates
     */
    public HandshakeCertificates trusting() {
        return new HandshakeCertificates.Builder()
                .addTrustedCertificate(certificate.certificate())
                .build();
    }

    /**
     * Requests that one has taken.
     *
     * @param number from 0
     * @return how many
     */
    public int taken(int number) {
        return servers.get(number).getRequestCount();
    }

    /**
     * The name under which one was asked, each time that of its next request.
     *
     * @param number from 0
     * @return its {@code :authority}
     * @throws InterruptedException if interrupted while it waits for a request
     */
    public @Nullable String authority(int number) throws InterruptedException {
        return servers.get(number).takeRequest().getHeaders().get(":authority");
    }

    @Override
    public void close() {
        servers.forEach(MockWebServer::close);
    }

    private static class Taking extends Dispatcher {
        @Override
        public MockResponse dispatch(RecordedRequest request) {
            return new MockResponse.Builder().body("taken").build();
        }
    }

    private static final class Refusing extends Taking {
        @Override
        public MockResponse peek() {
            return new MockResponse.Builder()
                    .onRequestStart(new SocketEffect.CloseStream(REFUSED_STREAM))
                    .build();
        }
    }
}
