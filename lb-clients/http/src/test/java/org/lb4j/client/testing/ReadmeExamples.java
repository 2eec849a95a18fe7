package org.lb4j.client.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.stream.Stream;
import org.lb4j.testing.Snippets;

/**
 * The examples of a wrapper, run as they stand against a server: a pool {@code users} and {@code services} made of it are there.
 *
 * <pre>{@code
 * new ReadmeExamples("import org.lb4j.client.jdk.*;", "", "org.lb4j.client.jdk.BalancedHttpClient")
 *     .run(Snippets.ofJavadoc(Path.of("src", "main", "java")));
 * }</pre>
 */
public final class ReadmeExamples {
    private static final String IMPORTS = """
            import com.sun.net.httpserver.HttpServer;
            import java.net.*;
            import org.lb4j.*;
            import org.lb4j.algorithm.*;
            import org.lb4j.client.*;
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

    private final String imports;
    private final String frame;
    private final String classPath;

    /**
     * Examples of one wrapper.
     *
     * @param imports what they need beside ours
     * @param frame what else they take for granted
     * @param types a class of each jar that they need beside ours
     */
    public ReadmeExamples(String imports, String frame, String... types) {
        this.imports = IMPORTS + imports;
        this.frame = FRAME + frame;
        this.classPath = Snippets.classPath(
                Stream.concat(Stream.of("org.lb4j.ServerPool", "org.lb4j.client.Services"), Stream.of(types))
                        .toArray(String[]::new));
    }

    /**
     * Runs the examples of a module in the README.
     *
     * @param module whose
     * @param count how many there are
     */
    public void runReadme(String module, int count) {
        Snippets section = Snippets.ofMarkdown(Path.of("..", "..", "README.md"), module);
        assertThat(section.size()).isEqualTo(count);
        run(section);
    }

    /** Runs those of the module's own javadoc. */
    public void runJavadoc() {
        run(Snippets.ofJavadoc(Path.of("src", "main", "java")));
    }

    /**
     * Runs examples.
     *
     * @param examples at least one
     */
    public void run(Snippets examples) {
        assertThat(examples.size()).isPositive();
        assertThat(examples.run(imports, frame, classPath)).endsWith("ran " + examples.size() + " examples");
    }
}
