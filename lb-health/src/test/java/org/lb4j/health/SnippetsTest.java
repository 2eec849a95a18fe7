package org.lb4j.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.net.URISyntaxException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.lb4j.ServerPool;
import org.lb4j.testing.Snippets;
import org.slf4j.LoggerFactory;

/** The examples of the documents and of the javadoc, run as they stand. */
final class SnippetsTest {
    private static final String IMPORTS = """
            import java.net.URI;
            import java.nio.charset.StandardCharsets;
            import java.time.Duration;
            import java.util.*;
            import java.util.concurrent.*;
            import org.lb4j.*;
            import org.lb4j.algorithm.*;
            import org.lb4j.health.*;
            """;

    private static final String FRAME = """
            static final class Metrics { void count(HealthEvent.Kind kind) {} }
            Metrics metrics = new Metrics();
            ServerPool pool = ServerPool.of("http://127.0.0.1:1", "http://127.0.0.1:2");
            Selector selector = pool.selector(Algorithms.adaptive());
            Selector users = selector;
            String fetch(URI uri) { return uri.toString(); }
            void serve() {}
            long lagSeconds(Server server) { return 0; }
            """;

    @Test
    void theExamplesRunAsTheyStand() throws URISyntaxException {
        run(Snippets.ofJavadoc(Path.of("src", "main", "java")));
        run(Snippets.ofMarkdown(Path.of("..", "docs", "health.md")));
        run(Snippets.ofMarkdown(Path.of("..", "README.md"), "lb-health"));
    }

    private static void run(Snippets snippets) throws URISyntaxException {
        assertThat(snippets.size()).isPositive();
        assertThat(snippets.run(IMPORTS, FRAME, classes())).endsWith("ran " + snippets.size() + " examples");
    }

    private static String classes() throws URISyntaxException {
        return String.join(File.pathSeparator, of(ServerPool.class), of(HealthChecker.class), of(LoggerFactory.class));
    }

    private static String of(Class<?> type) throws URISyntaxException {
        return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI())
                .toString();
    }
}
