package org.lb4j.client.okhttp;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.lb4j.testing.Snippets;

/** The examples of "Wrap your client", run as they stand against a server. */
final class ReadmeIT {
    private static final String IMPORTS = """
            import static java.net.http.HttpResponse.BodyHandlers.*;
            import com.sun.net.httpserver.HttpServer;
            import java.io.*;
            import java.net.*;
            import java.net.http.*;
            import java.net.http.HttpResponse.BodyHandlers;
            import java.time.Duration;
            import okhttp3.*;
            import org.lb4j.*;
            import org.lb4j.algorithm.*;
            import org.lb4j.client.*;
            import org.lb4j.client.jdk.*;
            import org.lb4j.client.okhttp.*;
            import org.lb4j.failover.*;
            import org.lb4j.source.*;
            """;

    private static final String FRAME = """
            ServerPool users = ServerPool.of("127.0.0.1:" + start());
            Services services = Services.builder().service("users", users.selector(Algorithms.adaptive())).build();
            ServerPool orders = users;
            Selector selector = users.selector(Algorithms.roundRobin());
            String fetch(URI uri) { return uri.toString(); }
            Service service = services.all().iterator().next();
            Attempt attempt = service.failover().attempts(selector, SelectionContext.none(), Repeat.FREELY).first();
            ResponseHead head = new ResponseHead() {
                public int status() { return 200; }
                public String header(String name) { return null; }
            };
            void copy() throws IOException {}
            InputStream in = new ByteArrayInputStream(new byte[3]);
            OutputStream out = new ByteArrayOutputStream();
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
        Snippets section = Snippets.ofMarkdown(Path.of("..", "..", "README.md"), "lb-clients");
        assertThat(section.size()).isEqualTo(4);
        assertThat(section.run(IMPORTS, FRAME, classPath())).endsWith("ran 4 examples");
    }

    @Test
    void theExamplesOfTheJavadocRunAsTheyStand() {
        for (String module : List.of("http", "jdk", "okhttp")) {
            Snippets javadoc = Snippets.ofJavadoc(Path.of("..", module, "src", "main", "java"));
            assertThat(javadoc.size()).isPositive();
            assertThat(javadoc.run(IMPORTS, FRAME, classPath())).endsWith("ran " + javadoc.size() + " examples");
        }
    }

    @Test
    void theExamplesOfThePageOnCallsRunAsTheyStand() {
        Snippets page = Snippets.ofMarkdown(Path.of("..", "..", "docs", "calls.md"));
        assertThat(page.size()).isPositive();
        assertThat(page.run(IMPORTS, FRAME, classPath())).endsWith("ran " + page.size() + " examples");
    }

    private static String classPath() {
        return Snippets.classPath(
                "org.lb4j.ServerPool",
                "org.lb4j.client.Services",
                "org.lb4j.client.jdk.BalancedHttpClient",
                "org.lb4j.client.okhttp.BalancedOkHttp",
                "okhttp3.OkHttpClient",
                "okio.Buffer",
                "kotlin.Unit");
    }
}
