package org.lb4j.client.okhttp;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLContext;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import mockwebserver3.SocketEffect;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.lb4j.CallObserver;
import org.lb4j.Outcome;
import org.lb4j.Server;
import org.lb4j.ServerPool;
import org.lb4j.algorithm.Algorithms;
import org.lb4j.client.Services;

/** A server that refuses an HTTP/2 stream has not processed it, so another one gets it, even a POST. */
@Timeout(60)
final class RefusedStreamIT {
    private static final int REFUSED_STREAM = 7;

    private final HeldCertificate certificate =
            new HeldCertificate.Builder().addSubjectAlternativeName("api.test").build();
    private final List<MockWebServer> servers = new ArrayList<>();
    private final List<Outcome> ends = new CopyOnWriteArrayList<>();
    private ServerPool pool;

    @AfterEach
    void nothingIsLeftInFlight() {
        assertThat(pool.inFlight()).isZero();
        servers.forEach(MockWebServer::close);
    }

    @Test
    void aPostThatIsRefusedGoesToAnotherServer() throws Exception {
        start();
        OkHttpClient.Builder bare = new OkHttpClient.Builder()
                .sslSocketFactory(trusting().sslSocketFactory(), trusting().trustManager());
        OkHttpClient client = BalancedOkHttp.install(bare, services()).build();
        for (int i = 0; i < 4; i++) assertThat(post(client)).isEqualTo("taken");
        assertThat(servers.get(1).getRequestCount()).isEqualTo(4);
        assertThat(ends).contains(Outcome.REJECTED).doesNotContain(Outcome.FAILURE);
        assertThat(ends).filteredOn(each -> each == Outcome.SUCCESS).hasSize(4);
    }

    private static String post(OkHttpClient client) throws Exception {
        Request request = new Request.Builder()
                .url("https://users/")
                .post(RequestBody.create(new byte[] {1}))
                .build();
        try (Response response = client.newCall(request).execute()) {
            assertThat(response.protocol()).isEqualTo(Protocol.HTTP_2);
            return response.body().string();
        }
    }

    private void start() throws Exception {
        SSLContext held = new HandshakeCertificates.Builder()
                .heldCertificate(certificate)
                .build()
                .sslContext();
        List<Server> members = new ArrayList<>();
        for (String address : List.of("127.0.0.1", "127.0.0.2")) {
            MockWebServer server = new MockWebServer();
            server.useHttps(held.getSocketFactory());
            server.setDispatcher(servers.isEmpty() ? new Refusing() : new Taking());
            server.start(InetAddress.getByName(address), 0);
            servers.add(server);
            members.add(Server.of(address, server.getPort()));
        }
        CallObserver observer = (start, answered, now, outcome) -> ends.add(outcome);
        pool = ServerPool.builder()
                .seed(1)
                .onCall(server -> observer)
                .servers(members)
                .build();
    }

    private Services services() {
        return Services.builder()
                .service("users", pool.selector(Algorithms.roundRobin()), service -> service.authority("api.test"))
                .build();
    }

    private HandshakeCertificates trusting() {
        return new HandshakeCertificates.Builder()
                .addTrustedCertificate(certificate.certificate())
                .build();
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
