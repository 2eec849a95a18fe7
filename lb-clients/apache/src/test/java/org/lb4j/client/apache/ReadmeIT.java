package org.lb4j.client.apache;

import org.junit.jupiter.api.Test;
import org.lb4j.client.testing.ReadmeExamples;

/** The examples of "Wrap your client", run as they stand against a server. */
final class ReadmeIT {
    private static final String IMPORTS = """
            import org.apache.hc.client5.http.classic.methods.HttpGet;
            import org.apache.hc.client5.http.impl.classic.*;
            import org.apache.hc.core5.http.io.entity.EntityUtils;
            import org.lb4j.client.apache.*;
            """;

    private final ReadmeExamples examples = new ReadmeExamples(
            IMPORTS,
            "",
            "org.lb4j.client.apache.BalancedApache",
            "org.apache.hc.client5.http.impl.classic.HttpClients",
            "org.apache.hc.core5.http.HttpHost",
            "org.apache.hc.core5.http2.H2Error",
            "org.slf4j.Logger",
            "org.slf4j.nop.NOPServiceProvider");

    @Test
    void theExamplesRunAsTheyStand() {
        examples.runReadme("lb-client-apache", 1);
    }

    @Test
    void theExamplesOfTheJavadocRunAsTheyStand() {
        examples.runJavadoc();
    }
}
