package org.lb4j.client.jdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.lb4j.Server;
import org.lb4j.ServerPool;
import org.lb4j.algorithm.Algorithms;
import org.lb4j.client.Services;
import org.lb4j.testing.Program;
import org.lb4j.testing.RequiresProgram;
import org.lb4j.testing.TestServer;

/** TLS to servers that are IP addresses and show one name. */
@Timeout(60)
final class TlsIT {
    private static final HttpRequest GET =
            HttpRequest.newBuilder(URI.create("https://users/index.html")).build();

    private static final String LEAVING = """
            daemon off;
            master_process off;
            pid %1$s/nginx.pid;
            events {}
            http {
              log_format connection '$connection';
              access_log %1$s/access.log connection;
              client_body_temp_path %1$s/body;
              proxy_temp_path %1$s/proxy;
              fastcgi_temp_path %1$s/fastcgi;
              uwsgi_temp_path %1$s/uwsgi;
              scgi_temp_path %1$s/scgi;
              keepalive_requests 5;
              server {
                listen 127.0.0.1:%2$d ssl http2;
                ssl_certificate %1$s/cert.pem;
                ssl_certificate_key %1$s/key.pem;
                location / { return 200 "two"; }
              }
            }
            """;

    private final HeldCertificate certificate =
            new HeldCertificate.Builder().addSubjectAlternativeName("api.test").build();
    private final List<TestServer> servers = new ArrayList<>();
    private ServerPool pool;

    @AfterEach
    void nothingIsLeftInFlight() {
        assertThat(pool.inFlight()).isZero();
        servers.forEach(TestServer::close);
    }

    @Test
    void allAddressesShowTheNameOfTheService() throws Exception {
        startTwo();
        HttpClient client = wrap("api.test");
        for (int i = 0; i < 6; i++)
            assertThat(client.send(GET, BodyHandlers.ofString()).body()).startsWith("127.0.0.");
        assertThat(servers).extracting(TestServer::hits).containsExactly(3, 3);
    }

    @Test
    void aWrongNameIsNotTrustedAndNothingIsSent() throws Exception {
        startTwo();
        HttpClient client = wrap("other.test");
        assertThatThrownBy(() -> client.send(GET, BodyHandlers.ofString())).isInstanceOf(SSLHandshakeException.class);
        assertThat(servers).extracting(TestServer::hits).containsExactly(0, 0);
    }

    @RequiresProgram(value = "nghttpd", in = "nghttp2-server")
    @Test
    void http2StaysHttp2(@TempDir Path folder) throws Exception {
        int port = Program.freePort();
        Files.writeString(folder.resolve("key.pem"), certificate.privateKeyPkcs8Pem());
        Files.writeString(folder.resolve("cert.pem"), certificate.certificatePem());
        Files.writeString(folder.resolve("index.html"), "two");
        String[] command = {
            "nghttpd", "-d", folder.toString(), "-a", "127.0.0.1", String.valueOf(port), "key.pem", "cert.pem"
        };
        try (Program nghttpd = Program.start(folder, command)) {
            nghttpd.awaitPort(port);
            pool = ServerPool.of(List.of(Server.of("127.0.0.1", port)));
            HttpResponse<String> response = wrap("api.test").send(GET, BodyHandlers.ofString());
            assertThat(response.body()).isEqualTo("two");
            assertThat(response.version()).isEqualTo(HttpClient.Version.HTTP_2);
        }
    }

    /** nginx sends a GOAWAY after every fifth answer. */
    @RequiresProgram("nginx")
    @Test
    void noGetIsLostByConnectionsThatEndInGoodOrder(@TempDir Path folder) throws Exception {
        int port = Program.freePort();
        Files.writeString(folder.resolve("key.pem"), certificate.privateKeyPkcs8Pem());
        Files.writeString(folder.resolve("cert.pem"), certificate.certificatePem());
        Files.writeString(folder.resolve("nginx.conf"), LEAVING.formatted(folder, port));
        String[] command = {"nginx", "-p", folder.toString(), "-e", folder + "/error.log", "-c", folder + "/nginx.conf"
        };
        try (Program nginx = Program.start(folder, command)) {
            nginx.awaitPort(port);
            pool = ServerPool.of(List.of(Server.of("127.0.0.1", port)));
            HttpClient client = wrap("api.test");
            for (int i = 0; i < 40; i++) {
                HttpResponse<String> response = client.send(GET, BodyHandlers.ofString());
                assertThat(response.body()).isEqualTo("two");
                assertThat(response.version()).isEqualTo(HttpClient.Version.HTTP_2);
            }
        }
        assertThat(Files.readAllLines(folder.resolve("access.log")).stream().distinct())
                .hasSizeGreaterThanOrEqualTo(5); // connections
    }

    private void startTwo() throws Exception {
        SSLContext held = new HandshakeCertificates.Builder()
                .heldCertificate(certificate)
                .build()
                .sslContext();
        for (String address : List.of("127.0.0.1", "127.0.0.2"))
            servers.add(TestServer.on(
                    held.getServerSocketFactory().createServerSocket(),
                    address,
                    (request, out) -> out.send(200, address)));
        pool = ServerPool.of(servers.stream().map(TestServer::server).toList());
    }

    private HttpClient wrap(String name) {
        SSLContext trusting = new HandshakeCertificates.Builder()
                .addTrustedCertificate(certificate.certificate())
                .build()
                .sslContext();
        HttpClient bare =
                BalancedHttpClient.tls(HttpClient.newBuilder(), trusting, name).build();
        Services services = Services.builder()
                .service("users", pool.selector(Algorithms.roundRobin()), service -> service.authority(name))
                .build();
        return BalancedHttpClient.wrap(bare, services);
    }
}
