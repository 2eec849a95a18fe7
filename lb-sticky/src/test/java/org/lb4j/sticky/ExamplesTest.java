package org.lb4j.sticky;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.benmanes.caffeine.cache.Caffeine;
import java.io.File;
import java.net.URISyntaxException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.lb4j.ServerPool;
import org.lb4j.testing.Snippets;
import org.slf4j.Logger;

final class ExamplesTest {
    private static final String IMPORTS = """
            import com.sun.net.httpserver.HttpServer;
            import java.net.*;
            import java.net.http.*;
            import java.net.http.HttpResponse.BodyHandlers;
            import java.util.*;
            import org.lb4j.*;
            import org.lb4j.algorithm.*;
            import org.lb4j.sticky.*;
            """;

    private static final String FRAME = """
            ServerPool pool = ServerPool.of("http://10.0.0.1:8080", "http://10.0.0.2:8080", "http://10.0.0.3:8080");
            Selector selector = pool.selector(Algorithms.adaptive());
            byte[] secret = new byte[32];
            int port = 0;
            String sessionId = "A1B2";
            StickySessions sessions = StickySessions.builder(pool).build();
            StickyVisit visit = sessions.visit(sessionId);
            Lease lease = selector.acquire(visit.context());
            Server server = lease.server();
            static class Message {
                List<String> headers(String name) { return List.of("JSESSIONID=A1B2"); }
                void addHeader(String name, String value) {}
            }
            static class Response extends Message {}
            Message request = new Message();
            Response response = new Response();
            Response call(Server server) { return response; }
            void send(Server server) throws ConnectException {}
            static class Session { void reload() {} }
            Session session = new Session();
            static { // a gateway that was started would keep the JVM
                Thread main = Thread.currentThread();
                Thread end = new Thread(() -> {
                    try { main.join(); } catch (InterruptedException e) { return; }
                    System.exit(0);
                });
                end.setDaemon(true);
                end.start();
            }
            """;

    @Test
    void theExamplesOfTheJavadocRunAsTheyStand() throws URISyntaxException {
        runs(Snippets.ofJavadoc(Path.of("src", "main", "java")));
    }

    @Test
    void theExamplesOfTheDocumentsRunAsTheyStand() throws URISyntaxException {
        runs(Snippets.ofMarkdown(Path.of("..", "README.md"), "lb-sticky"));
        runs(Snippets.ofMarkdown(Path.of("..", "docs", "stickiness.md"), "lb-sticky"));
    }

    private static void runs(Snippets examples) throws URISyntaxException {
        assertThat(examples.size()).isPositive();
        String classPath = String.join(
                File.pathSeparator,
                place(StickyCookie.class),
                place(ServerPool.class),
                place(Caffeine.class),
                place(Logger.class));
        assertThat(examples.run(IMPORTS, FRAME, classPath)).endsWith("ran " + examples.size() + " examples");
    }

    private static String place(Class<?> of) throws URISyntaxException {
        return Path.of(of.getProtectionDomain().getCodeSource().getLocation().toURI())
                .toString();
    }
}
