package org.lb4j.client.apache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.lb4j.client.testing.Fleet.PATIENCE;

import java.io.IOException;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.function.Function;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import mockwebserver3.SocketEffect;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;
import org.apache.hc.client5.http.async.methods.SimpleHttpResponse;
import org.apache.hc.client5.http.async.methods.SimpleRequestBuilder;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.impl.async.CloseableHttpAsyncClient;
import org.apache.hc.client5.http.impl.async.HttpAsyncClients;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.impl.nio.PoolingAsyncClientConnectionManagerBuilder;
import org.apache.hc.client5.http.ssl.ClientTlsStrategyBuilder;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.io.entity.EntityUtils;
import org.apache.hc.core5.io.CloseMode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.lb4j.Outcome;
import org.lb4j.Server;
import org.lb4j.client.ServiceSettings;
import org.lb4j.client.Services;
import org.lb4j.client.testing.Fleet;

/** Which name a server sees and shows: TLS, SNI, Host, :authority; HTTP/1.1 and HTTP/2. */
@Timeout(60)
final class NamesIT {
    private final HeldCertificate certificate = new HeldCertificate.Builder()
            .addSubjectAlternativeName("users")
            .addSubjectAlternativeName("localhost")
            .build();
    private final HeldCertificate others = new HeldCertificate.Builder()
            .addSubjectAlternativeName("other.test")
            .build();
    private final List<MockWebServer> servers = new ArrayList<>();
    private final Fleet fleet = new Fleet();
    private volatile Function<MockWebServer, MockResponse.Builder> answer =
            server -> new MockResponse.Builder().body("ok");
    private volatile Function<MockWebServer, MockResponse.Builder> early = server -> new MockResponse.Builder();
    private final CompletableFuture<Void> never = new CompletableFuture<>();
    private CloseableHttpAsyncClient async;

    @AfterEach
    void nothingIsLeftInFlight() {
        fleet.close();
        never.complete(null);
        if (async != null) async.close(CloseMode.IMMEDIATE);
        servers.forEach(MockWebServer::close);
    }

    @Test
    void twoAddressesWithOneCertificateShareTheLoadAndTheName() throws Exception {
        secure(certificate, "127.0.0.1", "127.0.0.2");
        try (CloseableHttpClient client = classic(service -> {})) {
            for (int i = 0; i < 6; i++) {
                assertThat(text(client, "https://users/")).isEqualTo("ok");
            }
        }
        for (MockWebServer server : servers) {
            assertThat(server.getRequestCount()).isEqualTo(3);
            RecordedRequest first = server.takeRequest();
            assertThat(first.getHeaders().get("Host")).isEqualTo("users");
            assertThat(server.takeRequest().getConnectionIndex()).isZero(); // one connection a server
            assertThat(server.takeRequest().getConnectionIndex()).isZero();
        }
    }

    @Test
    void theAuthorityOfAServiceIsShownInsteadOfItsName() throws Exception {
        secure(others, "127.0.0.1");
        try (CloseableHttpClient client = classic(service -> service.authority("other.test"))) {
            assertThat(text(client, "https://users/")).isEqualTo("ok");
        }
        RecordedRequest request = servers.get(0).takeRequest();
        assertThat(request.getHandshakeServerNames()).containsExactly("other.test");
        assertThat(request.getHeaders().get("Host")).isEqualTo("other.test");
    }

    @Test
    void aWrongNameIsNotTrustedAndNothingIsSent() throws Exception {
        secure(others, "127.0.0.1", "127.0.0.2");
        try (CloseableHttpClient client = classic(service -> {})) {
            assertThatThrownBy(() -> text(client, "https://users/")).isInstanceOf(SSLException.class);
        }
        start(service -> {});
        assertThatThrownBy(() -> call("https://users/")).hasCauseInstanceOf(SSLException.class);
        assertThat(servers).extracting(MockWebServer::getRequestCount).containsExactly(0, 0);
        assertThat(fleet.ends()).filteredOn(each -> each == Outcome.FAILURE).hasSize(4); // each server once a call
    }

    @Test
    void aServerWithAHostNameIsCalledByItAndHttpIsRaised() throws Exception {
        secure(certificate, "127.0.0.1");
        int port = servers.get(0).getPort();
        fleet.of(service -> {}, List.of(Server.of("https://localhost:" + port)));
        try (CloseableHttpClient client = classicOn(fleet.services(service -> {}))) {
            assertThat(text(client, "http://users/")).isEqualTo("ok");
        }
        RecordedRequest request = servers.get(0).takeRequest();
        assertThat(request.getHeaders().get("Host")).isEqualTo("localhost:" + port);
    }

    @Test
    void http2StaysHttp2WithTheLogicalAuthority() throws Exception {
        secure(certificate, "127.0.0.1", "127.0.0.2");
        start(service -> {});
        for (int i = 0; i < 10; i++) {
            SimpleHttpResponse response = call("https://users/");
            assertThat(response.getBodyText()).isEqualTo("ok");
            assertThat(response.getVersion().getMajor()).isEqualTo(2);
        }
        for (MockWebServer server : servers) {
            Set<Integer> connections = new HashSet<>();
            assertThat(server.getRequestCount()).isEqualTo(5);
            for (int i = 0; i < 5; i++) {
                RecordedRequest request = server.takeRequest();
                assertThat(request.getHeaders().get(":authority")).isEqualTo("users");
                connections.add(request.getConnectionIndex());
            }
            assertThat(connections).hasSizeLessThan(5); // one may be given back a moment after its call was answered
        }
    }

    @Test
    void aStreamThatIsCancelledWhileWaitingIsNotInFlight() throws Exception {
        secure(certificate, "127.0.0.1", "127.0.0.2");
        answer = server -> {
            never.join();
            return new MockResponse.Builder();
        };
        start(service -> {});
        for (int i = 1; i <= 4; i++) {
            int arrived = i;
            Future<SimpleHttpResponse> call =
                    async.execute(SimpleRequestBuilder.get("https://users/").build(), null);
            await().atMost(PATIENCE)
                    .until(() -> servers.stream()
                                    .mapToInt(MockWebServer::getRequestCount)
                                    .sum()
                            == arrived);
            assertThat(fleet.pool().inFlight()).isEqualTo(1);
            call.cancel(true);
            assertThat(fleet.pool().inFlight()).isZero();
        }
        assertThat(fleet.ends()).hasSize(4).containsOnly(Outcome.CANCELLED);
    }

    /** The server has not processed it, so even a POST goes on. */
    @Test
    void aStreamThatIsRefusedGoesToAnotherServer() throws Exception {
        secure(certificate, "127.0.0.1", "127.0.0.2");
        early = server -> server == servers.get(0)
                ? new MockResponse.Builder().onRequestStart(new SocketEffect.CloseStream(7))
                : new MockResponse.Builder();
        start(service -> {});
        for (int i = 0; i < 4; i++) {
            SimpleHttpResponse response = async.execute(
                            SimpleRequestBuilder.post("https://users/")
                                    .setBody("x", ContentType.TEXT_PLAIN)
                                    .build(),
                            null)
                    .get();
            assertThat(response.getCode() + " " + response.getBodyText()).isEqualTo("200 ok");
        }
        assertThat(fleet.ends()).contains(Outcome.REJECTED).doesNotContain(Outcome.FAILURE);
        assertThat(fleet.ends()).filteredOn(each -> each == Outcome.SUCCESS).hasSize(4);
    }

    private void secure(HeldCertificate shown, String... addresses) throws IOException {
        SSLContext held = new HandshakeCertificates.Builder()
                .heldCertificate(shown)
                .build()
                .sslContext();
        List<Server> members = new ArrayList<>();
        for (String address : addresses) {
            MockWebServer server = new MockWebServer();
            server.useHttps(held.getSocketFactory());
            server.setDispatcher(new Dispatcher() {
                @Override
                public MockResponse dispatch(RecordedRequest request) {
                    return answer.apply(server).build();
                }

                @Override
                public MockResponse peek() {
                    return early.apply(server).build();
                }
            });
            server.start(InetAddress.getByName(address), 0);
            servers.add(server);
            members.add(Server.of(address, server.getPort()));
        }
        fleet.of(service -> {}, members);
    }

    private SSLContext trusting() {
        return new HandshakeCertificates.Builder()
                .addTrustedCertificate(certificate.certificate())
                .addTrustedCertificate(others.certificate())
                .build()
                .sslContext();
    }

    private CloseableHttpClient classic(Consumer<ServiceSettings> settings) {
        return classicOn(fleet.services(settings));
    }

    private CloseableHttpClient classicOn(Services services) {
        return BalancedApache.install(
                        HttpClients.custom()
                                .setConnectionManager(PoolingHttpClientConnectionManagerBuilder.create()
                                        .setTlsSocketStrategy(new DefaultClientTlsStrategy(trusting()))
                                        .build()),
                        services)
                .build();
    }

    private void start(Consumer<ServiceSettings> settings) {
        async = BalancedApache.install(
                        HttpAsyncClients.custom()
                                .setConnectionManager(PoolingAsyncClientConnectionManagerBuilder.create()
                                        .setTlsStrategy(ClientTlsStrategyBuilder.create()
                                                .setSslContext(trusting())
                                                .buildAsync())
                                        .build()),
                        fleet.services(settings))
                .build();
        async.start();
    }

    private SimpleHttpResponse call(String url) throws Exception {
        return async.execute(SimpleRequestBuilder.get(url).build(), null).get();
    }

    private static String text(CloseableHttpClient client, String url) throws IOException {
        return client.execute(new HttpGet(url), response -> EntityUtils.toString(response.getEntity()));
    }
}
