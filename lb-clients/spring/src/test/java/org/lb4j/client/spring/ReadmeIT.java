package org.lb4j.client.spring;

import org.junit.jupiter.api.Test;
import org.lb4j.client.testing.ReadmeExamples;

/** The examples of "Wrap your client", run as they stand against a server. */
final class ReadmeIT {
    private static final String IMPORTS = """
            import org.lb4j.client.spring.*;
            import org.springframework.http.client.*;
            import org.springframework.web.client.*;
            import org.springframework.web.reactive.function.client.*;
            import reactor.core.publisher.Mono;
            """;

    private final ReadmeExamples examples = new ReadmeExamples(
            IMPORTS,
            "",
            "org.lb4j.client.spring.BalancedRequestFactory",
            "org.springframework.web.client.RestClient",
            "org.springframework.web.reactive.function.client.WebClient",
            "org.springframework.core.io.Resource",
            "org.springframework.beans.BeanUtils",
            "org.springframework.context.SmartLifecycle",
            "org.apache.commons.logging.LogFactory",
            "io.micrometer.observation.Observation",
            "io.micrometer.common.KeyValue",
            "reactor.core.publisher.Mono",
            "reactor.netty.http.client.HttpClient",
            "reactor.netty.Connection",
            "io.netty.channel.Channel",
            "io.netty.buffer.ByteBuf",
            "io.netty.handler.codec.http.HttpObject",
            "io.netty.handler.codec.http2.Http2Frame",
            "io.netty.handler.codec.compression.ZlibWrapper",
            "io.netty.handler.codec.ByteToMessageDecoder",
            "io.netty.handler.ssl.SslHandler",
            "io.netty.handler.proxy.ProxyHandler",
            "io.netty.resolver.AddressResolver",
            "io.netty.resolver.dns.DnsNameResolver",
            "io.netty.handler.codec.dns.DnsRecord",
            "io.netty.util.AttributeMap",
            "io.netty.channel.unix.Socket",
            "org.reactivestreams.Publisher");

    @Test
    void theExamplesRunAsTheyStand() {
        examples.runReadme("lb-client-spring", 2);
    }

    @Test
    void theExamplesOfTheJavadocRunAsTheyStand() {
        examples.runJavadoc();
    }
}
