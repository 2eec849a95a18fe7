package org.lb4j.sticky;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.CookieManager;
import java.net.CookiePolicy;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.lb4j.Hold;
import org.lb4j.ServerPool;

/** Browsers that keep cookies, a gateway, and three servers that remember their visitors; all of them real. */
final class GatewayIT {
    private final List<Backend> backends = new ArrayList<>();
    private ServerPool pool;

    @BeforeEach
    void start() throws Exception {
        for (int i = 0; i < 3; i++) backends.add(new Backend("node" + i));
        pool = ServerPool.of(backends.stream().map(Backend::server).toList());
    }

    @AfterEach
    void stop() {
        assertThat(pool.members())
                .allSatisfy(member -> assertThat(member.inFlight()).isZero());
        pool.close();
        backends.forEach(Backend::close);
    }

    @Test
    void aSessionStaysWhileServersComeDrainAndDie() throws Exception {
        StickyCookie cookies = StickyCookie.builder(pool)
                .key(World.KEY)
                .name("lb")
                .secure(false)
                .build();
        try (Gateway gateway = new Gateway(pool, cookies)) {
            Client client = new Client(gateway.uri());
            String home = client.get().body();
            assertThat(client.received).containsExactly("Set-Cookie");
            for (int i = 0; i < 10; i++) assertThat(client.get().body()).isEqualTo(home);
            assertThat(client.received).as("one cookie, once").hasSize(1);

            backends.add(new Backend("node3"));
            pool.update(backends.stream().map(Backend::server).toList());
            for (int i = 0; i < 10; i++) assertThat(client.get().body()).isEqualTo(home);

            pool.hold(home, Hold.DRAIN);
            for (int i = 0; i < 10; i++) assertThat(client.get().body()).isEqualTo(home);
            for (int i = 0; i < 10; i++)
                assertThat(new Client(gateway.uri()).get().body()).isNotEqualTo(home);
            pool.release(home, Hold.DRAIN);

            backend(home).close();
            String second = client.get().body(); // refused at home, answered elsewhere at the first retry
            assertThat(second).isNotEqualTo(home);
            assertThat(client.received).hasSize(2);
            for (int i = 0; i < 10; i++) assertThat(client.get().body()).isEqualTo(second);
            assertThat(cookies.count(StickyOutcome.MOVED_UNAVAILABLE)).isEqualTo(1);
        }
    }

    @Test
    void eachServerSeesItsOwnSessionsOnly() throws Exception {
        StickyCookie cookies = StickyCookie.builder(pool)
                .key(World.KEY)
                .name("lb")
                .secure(false)
                .build();
        try (Gateway gateway = new Gateway(pool, cookies)) {
            List<Client> clients = new ArrayList<>();
            for (int i = 0; i < 30; i++) clients.add(new Client(gateway.uri()));
            for (int round = 0; round < 5; round++) for (Client client : clients) client.get();
            Set<String> homes = new HashSet<>();
            for (Client client : clients) {
                assertThat(new HashSet<>(client.answers)).hasSize(1);
                homes.addAll(client.answers);
            }
            assertThat(homes).as("new sessions are balanced").hasSize(3);
            assertThat(backends.stream().mapToInt(Backend::hits).sum()).isEqualTo(150);
        }
    }

    @Test
    void twoGatewaysWithOneKeyShareTheirSessions() throws Exception {
        ServerPool otherPool = ServerPool.of(List.of(
                backends.get(2).server(),
                backends.get(0).server(),
                backends.get(1).server()));
        StickyCookie here = StickyCookie.builder(pool)
                .key(World.KEY)
                .name("lb")
                .secure(false)
                .build();
        StickyCookie there = StickyCookie.builder(otherPool)
                .key(World.KEY)
                .name("lb")
                .secure(false)
                .build();
        try (Gateway one = new Gateway(pool, here);
                Gateway two = new Gateway(otherPool, there)) {
            Client client = new Client(one.uri());
            String home = client.get().body();
            for (int i = 0; i < 10; i++) {
                assertThat(client.get(two.uri()).body()).isEqualTo(home);
                assertThat(client.get(one.uri()).body()).isEqualTo(home);
            }
            assertThat(there.count(StickyOutcome.HIT)).isEqualTo(10);
        }
        otherPool.close();
    }

    @Test
    void anIdThatAServerMadeIsLearnedFromItsResponse() throws Exception {
        StickySessions sessions = StickySessions.builder(pool).build();
        try (Gateway gateway = new Gateway(pool, sessions)) {
            List<Client> clients = new ArrayList<>();
            for (int i = 0; i < 30; i++) clients.add(new Client(gateway.uri().resolve("/login")));
            for (int round = 0; round < 5; round++) for (Client client : clients) client.get();
            for (Client client : clients)
                assertThat(new HashSet<>(client.answers)).hasSize(1);
            assertThat(sessions.entries()).isBetween(1L, 30L);
            for (Client client : clients) client.get(gateway.uri().resolve("/logout"));
            assertThat(sessions.entries()).isZero();
        }
    }

    private Backend backend(String name) {
        return backends.stream()
                .filter(each -> each.server().id().equals(name))
                .findFirst()
                .orElseThrow();
    }

    /** The JDK's client with the JDK's cookie store. */
    private static final class Client {
        private final URI uri;
        private final List<String> received = new ArrayList<>();
        private final List<String> answers = new ArrayList<>();
        private final HttpClient client = HttpClient.newBuilder()
                .cookieHandler(new CookieManager(null, CookiePolicy.ACCEPT_ALL))
                .build();

        Client(URI uri) {
            this.uri = uri;
        }

        HttpResponse<String> get() throws Exception {
            return get(uri);
        }

        HttpResponse<String> get(URI from) throws Exception {
            HttpResponse<String> response =
                    client.send(HttpRequest.newBuilder(from).build(), BodyHandlers.ofString());
            assertThat(response.statusCode()).isEqualTo(200);
            response.headers().allValues("Set-Cookie").forEach(each -> received.add("Set-Cookie"));
            answers.add(response.body());
            return response;
        }
    }
}
