package org.lb4j.client.feign;

import org.junit.jupiter.api.Test;
import org.lb4j.client.testing.ReadmeExamples;

/** The examples of "Wrap your client", run as they stand against a server. */
final class ReadmeIT {
    private static final String IMPORTS = """
            import feign.*;
            import org.lb4j.client.feign.*;
            """;

    private static final String FRAME = """
            interface UserApi { @RequestLine("GET /{id}") String user(@Param("id") String id); }
            """;

    private final ReadmeExamples examples =
            new ReadmeExamples(IMPORTS, FRAME, "org.lb4j.client.feign.BalancedCapability", "feign.Feign");

    @Test
    void theExamplesRunAsTheyStand() {
        examples.runReadme("lb-client-feign", 1);
    }

    @Test
    void theExamplesOfTheJavadocRunAsTheyStand() {
        examples.runJavadoc();
    }
}
