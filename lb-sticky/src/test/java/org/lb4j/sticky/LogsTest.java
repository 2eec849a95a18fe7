package org.lb4j.sticky;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.lb4j.Hold;
import org.lb4j.Lease;
import org.lb4j.SelectionContext;

final class LogsTest {
    private final LogCapture log = new LogCapture();
    private final World world = new World("a", "b", "c");

    @AfterEach
    void stop() {
        log.close();
    }

    @Test
    void aMissingKeyIsSaidOnceAndNeverItsValue() {
        ProcessKey own = new ProcessKey();
        assertThat(own.key("shop")).hasSize(32).isEqualTo(own.key("cart"));
        assertThat(log.messages())
                .containsExactly(
                        "No key for the sticky cookies of scope \"shop\": a random one is used, so other processes, "
                                + "and this one after a restart, will not know its cookies");
        assertThat(new ProcessKey().key("shop")).isNotEqualTo(own.key("shop"));
    }

    @Test
    void cookiesWithoutAKeyShareTheOneOfTheProcess() {
        StickyCookie one = keyless();
        log.clear(); // the first one of this JVM may have said it
        Browser browser = new Browser(world, one);
        browser.call();
        assertThat(world.serve(keyless().read(browser.cookie())).outcome()).isEqualTo(StickyOutcome.HIT);
        assertThat(log.messages()).isEmpty();
    }

    private StickyCookie keyless() {
        return StickyCookie.builder(world.pool)
                .clock(world.clock)
                .name("lb")
                .secure(false)
                .build();
    }

    @Test
    void aMoveIsOneLineAtDebugThatNamesServersOnly() {
        Browser browser = new Browser(world, world.cookie().build());
        StickySessions sessions = world.sessions().build();
        String server = browser.call().server();
        browser.call();
        world.pool.hold(server, Hold.CHECK);
        String before = browser.token();
        String next = browser.call().server();
        assertThat(log.messages())
                .containsExactly("FINE MOVED_UNAVAILABLE: a session of " + server + " is served by " + next);
        world.serve(sessions.visit("secret-session"));
        assertThat(log.messages())
                .noneMatch(message -> message.contains(before)
                        || message.contains(browser.token())
                        || message.contains("secret-session"));
    }

    @Test
    void aSessionOfAServerThatLeftMovesToo() {
        Browser browser = new Browser(world, world.cookie().build());
        String gone = browser.call().server();
        world.servers(Stream.of("a", "b", "c").filter(id -> !id.equals(gone)).toArray(String[]::new));
        String next = browser.call().server();
        assertThat(log.messages())
                .containsExactly("FINE MOVED_REMOVED: a session of a server that left is served by " + next);
    }

    @Test
    void aCallThatGoesElsewhereOnceOrNowhereIsNoMove() {
        Browser browser = new Browser(world, world.cookie().build());
        String server = browser.call().server();
        List<Lease> leases = new ArrayList<>();
        for (int i = 0; i < 30; i++) leases.add(world.selector.acquire(SelectionContext.only(server)));
        assertThat(browser.call().outcome()).isEqualTo(StickyOutcome.OVERLOADED);
        leases.forEach(Lease::success);
        StickyCookie strict = world.cookie().onUnavailable(OnUnavailable.STRICT).build();
        world.pool.hold(server, Hold.CHECK);
        assertThat(strict.read(browser.cookie()).settle(null).outcome()).isEqualTo(StickyOutcome.STRICT_FAILED);
        assertThat(browser.visit().settle(null).outcome()).isEqualTo(StickyOutcome.MOVED_UNAVAILABLE);
        assertThat(log.messages()).isEmpty();
    }

    @Test
    void aFullTableIsSaidOnceAMinute() {
        StickySessions sessions = world.sessions().maxEntries(10).build();
        world.pool.hold("a", Hold.CHECK);
        for (int i = 0; i < 200; i++) world.serve(sessions.visit("secret-" + i));
        assertThat(warnings()).hasSize(1);
        world.advance(Duration.ofSeconds(59));
        for (int i = 200; i < 300; i++) world.serve(sessions.visit("secret-" + i));
        assertThat(warnings()).hasSize(1);
        world.advance(Duration.ofSeconds(1));
        for (int i = 300; i < 400; i++) world.serve(sessions.visit("secret-" + i));
        assertThat(warnings()).hasSize(2).noneMatch(message -> message.contains("secret"));
    }

    @Test
    void nothingTellsASecretWhenItIsPrinted() {
        StickyCookie cookies = world.cookie().build();
        StickySessions sessions = world.sessions().secret(World.KEY).build();
        Browser browser = new Browser(world, cookies);
        World.Answer first = browser.call();
        List<Object> printed = new ArrayList<>(List.of(
                cookies,
                world.cookie(),
                sessions,
                world.sessions().secret(World.KEY),
                browser.visit(),
                first.settled(),
                sessions.visit("secret-session"),
                new TokenKey(World.KEY, "x")));
        printed.add(new Token(new TokenKey(World.KEY, "x"), 1, 2, 3));
        String secretKey = new String(World.KEY, java.nio.charset.StandardCharsets.US_ASCII);
        assertThat(printed)
                .allSatisfy(each -> assertThat(each.toString())
                        .doesNotContain(browser.token(), "secret-session", secretKey, "v1."));
    }

    private List<String> warnings() {
        return log.messages().stream()
                .filter(message -> message.startsWith("The table"))
                .toList();
    }
}
