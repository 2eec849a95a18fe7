package org.lb4j.client.okhttp;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.lb4j.client.testing.ReadmeExamples;
import org.lb4j.testing.Snippets;

/** The examples of "Wrap your client", run as they stand against a server. */
final class ReadmeIT {
    private static final String IMPORTS = """
            import static java.net.http.HttpResponse.BodyHandlers.*;
            import java.io.*;
            import java.net.http.*;
            import java.net.http.HttpResponse.BodyHandlers;
            import java.time.Duration;
            import okhttp3.*;
            import org.lb4j.client.jdk.*;
            import org.lb4j.client.okhttp.*;
            import org.lb4j.failover.*;
            import org.lb4j.source.*;
            """;

    private static final String FRAME = """
            ServerPool orders = users;
            Selector selector = users.selector(Algorithms.roundRobin());
            String fetch(URI uri) { return uri.toString(); }
            Service service = services.all().iterator().next();
            Attempt attempt = service.failover().attempts(selector, SelectionContext.none(), Repeat.FREELY).first();
            ResponseHead head = new ResponseHead() {
                public int status() { return 200; }
                public String header(String name) { return null; }
            };
            RequestHead request = new RequestHead() {
                public String method() { return "GET"; }
                public URI uri() { return URI.create("http://users/42"); }
                public String header(String name) { return null; }
            };
            void copy() throws IOException {}
            InputStream in = new ByteArrayInputStream(new byte[3]);
            OutputStream out = new ByteArrayOutputStream();
            """;

    private final ReadmeExamples examples = new ReadmeExamples(
            IMPORTS,
            FRAME,
            "org.lb4j.client.jdk.BalancedHttpClient",
            "org.lb4j.client.okhttp.BalancedOkHttp",
            "okhttp3.OkHttpClient",
            "okio.Buffer",
            "kotlin.Unit");

    @Test
    void theExamplesRunAsTheyStand() {
        examples.runReadme("lb-clients", 4);
    }

    @Test
    void theExamplesOfTheJavadocRunAsTheyStand() {
        for (String module : List.of("http", "jdk", "okhttp"))
            examples.run(Snippets.ofJavadoc(Path.of("..", module, "src", "main", "java")));
    }

    @Test
    void theExamplesOfThePageOnCallsRunAsTheyStand() {
        examples.run(Snippets.ofMarkdown(Path.of("..", "..", "docs", "calls.md")));
    }
}
