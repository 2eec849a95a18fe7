package org.lb4j.sticky;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.CookieManager;
import java.net.CookiePolicy;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
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
        StickyCookie cookies = plain(pool).key(World.KEY).build();
        try (Gateway gateway = new Gateway(pool, cookies)) {
            Client client = new Client(gateway.uri());
            String home = client.get().body();
            assertThat(client.received)
                    .singleElement()
                    .asString()
                    .matches("lb=v1\\.[A-Za-z0-9_-]{36}; Path=/; HttpOnly; SameSite=Lax");
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
        StickyCookie cookies = plain(pool).key(World.KEY).build();
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
        StickyCookie here = plain(pool).key(World.KEY).build();
        StickyCookie there = plain(otherPool).key(World.KEY).build();
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
    void theDefaultCookieComesBackOverHttpsAndNotOverHttp(@TempDir Path folder) throws Exception {
        StickyCookie cookies = StickyCookie.builder(pool).key(World.KEY).build();
        SSLContext tls = Https.context(folder);
        try (Gateway https = new Gateway(pool, cookies, tls);
                Gateway http = new Gateway(pool, cookies)) {
            Client client = new Client(https.uri(), tls);
            String home = client.get().body();
            for (int i = 0; i < 10; i++) assertThat(client.get().body()).isEqualTo(home);
            assertThat(client.received)
                    .singleElement()
                    .asString()
                    .matches("__Host-lb=v1\\.[A-Za-z0-9_-]{36}; Path=/; Secure; HttpOnly; SameSite=Lax");
            assertThat(cookies.count(StickyOutcome.HIT)).isEqualTo(10);
            Client plain = new Client(http.uri());
            for (int i = 0; i < 3; i++) plain.get();
            assertThat(plain.received).hasSize(3);
            assertThat(cookies.count(StickyOutcome.NEW)).isEqualTo(1 + 3);
        }
    }

    @Test
    void aPersistentCookieSaysForHowLong() throws Exception {
        StickyCookie cookies = plain(pool).key(World.KEY).persistent(true).build();
        try (Gateway gateway = new Gateway(pool, cookies)) {
            Client client = new Client(gateway.uri());
            String home = client.get().body();
            assertThat(client.get().body()).isEqualTo(home);
            assertThat(client.received)
                    .singleElement()
                    .asString()
                    .matches("lb=v1\\.[A-Za-z0-9_-]{36}; Max-Age=28800; Path=/; HttpOnly; SameSite=Lax");
        }
    }

    @Test
    void theKeyIsChangedGatewayByGatewayAndNoSessionMoves() throws Exception {
        byte[] next = World.key('n');
        StickyCookie before = plain(pool).key(World.KEY).alsoAccept(next).build();
        StickyCookie after = plain(pool).key(next).alsoAccept(World.KEY).build();
        StickyCookie last = plain(pool).key(next).build();
        try (Gateway one = new Gateway(pool, before);
                Gateway two = new Gateway(pool, after);
                Gateway three = new Gateway(pool, last)) {
            Client client = new Client(one.uri());
            String home = client.get().body();
            for (URI uri : List.of(one.uri(), two.uri(), two.uri(), one.uri(), two.uri(), three.uri()))
                assertThat(client.get(uri).body()).isEqualTo(home);
            assertThat(client.received)
                    .as("at first, and whenever another key signs")
                    .hasSize(1 + 3);
            assertThat(last.count(StickyOutcome.HIT)).isEqualTo(1);
        }
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

    private static StickyCookie.Builder plain(ServerPool pool) {
        return StickyCookie.builder(pool).name("lb").secure(false);
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
        private final HttpClient client;

        Client(URI uri) throws NoSuchAlgorithmException {
            this(uri, SSLContext.getDefault());
        }

        Client(URI uri, SSLContext tls) {
            this.uri = uri;
            this.client = HttpClient.newBuilder()
                    .cookieHandler(new CookieManager(null, CookiePolicy.ACCEPT_ALL))
                    .sslContext(tls)
                    .build();
        }

        HttpResponse<String> get() throws Exception {
            return get(uri);
        }

        HttpResponse<String> get(URI from) throws Exception {
            HttpResponse<String> response =
                    client.send(HttpRequest.newBuilder(from).build(), BodyHandlers.ofString());
            assertThat(response.statusCode()).isEqualTo(200);
            received.addAll(response.headers().allValues("Set-Cookie"));
            answers.add(response.body());
            return response;
        }
    }
}
