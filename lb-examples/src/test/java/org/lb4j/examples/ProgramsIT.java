package org.lb4j.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.lb4j.ServerPool;
import org.lb4j.testing.TestServer;

/** The small programs, over real servers. */
final class ProgramsIT {
    @Test
    void theClientFindsTheServerThatIsLeft() throws Exception {
        try (TestServer bad = TestServer.of((request, out) -> out.send(503, "busy"));
                TestServer good = TestServer.answering("42");
                ServerPool pool = ServerPool.of(
                        "127.0.0.1:1", bad.server().id(), good.server().id())) {
            FailoverClient client = new FailoverClient(pool);
            for (int i = 0; i < 6; i++) assertThat(client.get("/users/42")).isEqualTo("42");
            assertThat(good.hits()).isEqualTo(6);
            assertThat(pool.inFlight()).isZero();
        }
    }

    @Test
    void andSaysWhatTheLastOneSaidIfNoneIsLeft() throws Exception {
        try (TestServer bad = TestServer.of((request, out) -> out.send(503, "busy"));
                ServerPool pool = ServerPool.of(bad.server().id())) {
            assertThatThrownBy(() -> new FailoverClient(pool).get("/users/42"))
                    .isInstanceOf(IOException.class)
                    .hasMessageEndingWith("/users/42 answered 503");
        }
    }

    @Test
    void theGatewayBringsEachBrowserBackToItsServer() throws Exception {
        try (TestServer one = TestServer.answering("one");
                TestServer two = TestServer.answering("two");
                TestServer three = TestServer.answering("three");
                ServerPool pool = ServerPool.of(
                        one.server().id(), two.server().id(), three.server().id());
                StickyGateway gateway = new StickyGateway(0, pool)) {
            Set<String> homes = new HashSet<>();
            for (int browser = 0; browser < 20; browser++) homes.add(homeOfANewBrowser(gateway));
            assertThat(homes).as("20 browsers, 3 servers").hasSizeGreaterThan(1);
            assertThat(pool.inFlight()).isZero();
        }
    }

    private static String homeOfANewBrowser(StickyGateway gateway) throws Exception {
        HttpClient browser =
                HttpClient.newBuilder().cookieHandler(new CookieManager()).build();
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + gateway.port() + "/cart"))
                .build();
        String home = browser.send(request, BodyHandlers.ofString()).body();
        for (int again = 0; again < 5; again++)
            assertThat(browser.send(request, BodyHandlers.ofString()).body()).isEqualTo(home);
        return home;
    }
}
