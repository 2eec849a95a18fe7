package org.lb4j.client.spring;

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
            import org.lb4j.client.spring.*;
            import org.springframework.http.client.*;
            import org.springframework.web.client.*;
            import org.springframework.web.reactive.function.client.*;
            import reactor.core.publisher.Mono;
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
        Snippets section = Snippets.ofMarkdown(Path.of("..", "..", "README.md"), "lb-client-spring");
        assertThat(section.size()).isEqualTo(2);
        assertThat(section.run(IMPORTS, FRAME, classPath())).endsWith("ran 2 examples");
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
    }
}
