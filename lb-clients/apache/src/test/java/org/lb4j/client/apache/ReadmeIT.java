package org.lb4j.client.apache;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.lb4j.testing.Snippets;

/** The examples of "Wrap your client", run as they stand against a server. */
final class ReadmeIT {
    private static final String IMPORTS = """
            import com.sun.net.httpserver.HttpServer;
            import java.net.*;
            import org.lb4j.*;
            import org.lb4j.algorithm.*;
            import org.lb4j.client.*;
            import org.apache.hc.client5.http.classic.methods.HttpGet;
            import org.apache.hc.client5.http.impl.classic.*;
            import org.apache.hc.core5.http.io.entity.EntityUtils;
            import org.lb4j.client.apache.*;
            """;

    private static final String FRAME = """
            ServerPool users = ServerPool.of("127.0.0.1:" + start());
            Services services = Services.builder().service("users", users.selector(Algorithms.adaptive())).build();
            static int start() {
                try {
                    HttpServer server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
                    server.createContext("/42", exchange -> {
                        exchange.sendResponseHeaders(200, -1);
                        exchange.close();
                    });
                    Thread thread = new Thread(server::start);
                    thread.setDaemon(true); // and with it the server's own
                    thread.start();
                    return server.getAddress().getPort();
                } catch (java.io.IOException e) {
                    throw new java.io.UncheckedIOException(e);
                }
            }
            """;

    @Test
    void theExamplesRunAsTheyStand() {
        Snippets section = Snippets.ofMarkdown(Path.of("..", "..", "README.md"), "lb-client-apache");
        assertThat(section.size()).isEqualTo(1);
        assertThat(section.run(IMPORTS, FRAME, classPath())).endsWith("ran 1 examples");
    }

    @Test
    void theExamplesOfTheJavadocRunAsTheyStand() {
        Snippets javadoc = Snippets.ofJavadoc(Path.of("src", "main", "java"));
        assertThat(javadoc.size()).isPositive();
        assertThat(javadoc.run(IMPORTS, FRAME, classPath())).endsWith("ran " + javadoc.size() + " examples");
    }

    private static String classPath() {
        return Snippets.classPath(
                "org.lb4j.ServerPool",
                "org.lb4j.client.Services",
                "org.lb4j.client.apache.BalancedApache",
                "org.apache.hc.client5.http.impl.classic.HttpClients",
                "org.apache.hc.core5.http.HttpHost",
                "org.apache.hc.core5.http2.H2Error",
                "org.slf4j.Logger",
                "org.slf4j.nop.NOPServiceProvider");
    }
}
