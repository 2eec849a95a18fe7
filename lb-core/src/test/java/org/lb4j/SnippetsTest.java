package org.lb4j;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URISyntaxException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.lb4j.testing.Snippets;

final class SnippetsTest {
    private static final String IMPORTS = """
            import java.io.IOException;
            import java.net.*;
            import java.time.Duration;
            import java.util.*;
            import java.util.concurrent.*;
            import java.util.concurrent.atomic.LongAdder;
            import org.lb4j.*;
            import org.lb4j.algorithm.*;
            import org.lb4j.failover.*;
            import org.lb4j.hash.*;
            import org.lb4j.load.*;
            import org.lb4j.shape.*;
            import org.lb4j.source.*;
            """;

    private static final String FRAME = """
            List<Server> servers = List.of(
                    Server.of("http://10.0.0.1:8080"), Server.of("http://10.0.0.7:8080"), Server.of("http://10.0.0.8:8080"));
            ServerPool pool = ServerPool.of(servers);
            Selector selector = pool.selector(Algorithms.adaptive());
            Selector users = selector;
            Roster roster;
            {
                pool.selector((compiled, before) -> {
                    roster = compiled;
                    return (context, now) -> compiled.member(0);
                });
            }
            String fetch(URI uri) { return uri.toString(); }
            void send(URI uri) {}
            void send(Server server) throws IOException {}
            String get(URI uri) { return uri.toString(); }
            String get(URI uri, Duration timeout) throws IOException { return uri.toString(); }
            CompletableFuture<String> later(URI uri) { return CompletableFuture.completedFuture(uri.toString()); }
            Failover failover = Failover.defaults();
            SelectionContext context = SelectionContext.none();
            interface Registry { List<Server> list(String name); }
            Registry registryClient = name -> servers;
            void log(Object event) {}
            """;

    @Test
    void theExamplesOfTheReadmeRunAsTheyStand() throws URISyntaxException {
        Snippets readme = Snippets.ofMarkdown(Path.of("..", "README.md"));
        assertThat(readme.size()).isPositive();
        assertThat(readme.run(IMPORTS, FRAME, classes())).endsWith("ran " + readme.size() + " examples");
    }

    @Test
    void theExamplesOfTheAffinityPageRunAsTheyStand() throws URISyntaxException {
        Snippets page = Snippets.ofMarkdown(Path.of("..", "docs", "affinity.md"));
        assertThat(page.size()).isPositive();
        assertThat(page.run(IMPORTS, FRAME, classes())).endsWith("ran " + page.size() + " examples");
    }

    @Test
    void theExamplesOfTheJavadocRunAsTheyStand() throws URISyntaxException {
        Snippets javadoc = Snippets.ofJavadoc(Path.of("src", "main", "java"));
        assertThat(javadoc.size()).isPositive();
        assertThat(javadoc.run(IMPORTS, FRAME, classes())).endsWith("ran " + javadoc.size() + " examples");
    }

    private static String classes() throws URISyntaxException {
        return Path.of(ServerPool.class
                        .getProtectionDomain()
                        .getCodeSource()
                        .getLocation()
                        .toURI())
                .toString();
    }
}
