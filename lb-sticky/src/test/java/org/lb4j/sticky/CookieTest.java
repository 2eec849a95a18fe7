package org.lb4j.sticky;

import static org.assertj.core.api.Assertions.assertThat;
import static org.lb4j.sticky.StickyOutcome.EXPIRED;
import static org.lb4j.sticky.StickyOutcome.HIT;
import static org.lb4j.sticky.StickyOutcome.MISS_INVALID;
import static org.lb4j.sticky.StickyOutcome.NEW;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lb4j.Server;

final class CookieTest {
    private final World world = new World("a", "b", "c");
    private final StickyCookie cookies = world.cookie().build();
    private final Browser browser = new Browser(world, cookies);

    @Test
    void s1NoCookieIsNewAndGetsOneOfTheExactText() {
        StickyCookie plain = StickyCookie.builder(world.pool)
                .key(World.KEY)
                .clock(world.clock)
                .build();
        World.Answer answer = world.serve(plain.read((String) null));
        assertThat(answer.outcome()).isEqualTo(NEW);
        assertThat(answer.setCookie())
                .matches("__Host-lb=v1\\.[A-Za-z0-9_-]{36}; Path=/; Secure; HttpOnly; SameSite=Lax");
    }

    @Test
    void s2TheCookieOfTheFirstCallBringsTheSameServerAndNoOther() {
        String first = browser.call().server();
        for (int i = 0; i < 10; i++) {
            World.Answer answer = browser.call();
            assertThat(answer.server()).isEqualTo(first);
            assertThat(answer.outcome()).isEqualTo(HIT);
            assertThat(answer.setCookie()).isNull();
        }
        assertThat(cookies.count(NEW)).isEqualTo(1);
        assertThat(cookies.count(HIT)).isEqualTo(10);
    }

    @Test
    void s3ACookieOlderThanHalfOfMaxIdleIsRenewed() {
        String first = browser.call().server();
        world.advance(Duration.ofMinutes(15));
        assertThat(browser.call().setCookie()).isNull();
        world.advance(Duration.ofMinutes(1));
        String before = browser.token();
        World.Answer renewed = browser.call();
        assertThat(renewed.server()).isEqualTo(first);
        assertThat(renewed.outcome()).isEqualTo(HIT);
        assertThat(renewed.setCookie()).startsWith("lb=v1.").doesNotContain(before);
        assertThat(browser.call().setCookie()).isNull();
    }

    @Test
    void aCookieExpiresWhenItHasBeenIdleForMoreThanMaxIdle() {
        browser.call();
        String cookie = browser.cookie();
        world.advance(Duration.ofMinutes(30));
        assertThat(world.serve(cookies.read(cookie)).outcome()).isEqualTo(HIT);
        world.advance(Duration.ofMinutes(1));
        World.Answer late = world.serve(cookies.read(cookie));
        assertThat(late.outcome()).isEqualTo(EXPIRED);
        assertThat(late.setCookie()).isNotNull();
    }

    @Test
    void aSessionEndsAfterMaxLifeHoweverOftenItIsRenewed() {
        browser.call();
        for (int minutes = 20; minutes <= 480; minutes += 20) {
            world.advance(Duration.ofMinutes(20));
            assertThat(browser.call().outcome()).as(minutes + " minutes").isEqualTo(HIT);
        }
        world.advance(Duration.ofMinutes(1));
        assertThat(browser.call().outcome()).isEqualTo(EXPIRED);
        assertThat(browser.call().outcome()).isEqualTo(HIT);
    }

    @Test
    void aDateAheadOfThisClockIsNotBelievedAndReplaced() {
        browser.call();
        String cookie = browser.cookie();
        world.clock.advance(Duration.ofMinutes(-5));
        assertThat(world.serve(cookies.read(cookie)).outcome()).isEqualTo(HIT);
        world.clock.advance(Duration.ofMinutes(-1));
        World.Answer ahead = browser.call();
        assertThat(ahead.outcome()).isEqualTo(MISS_INVALID);
        assertThat(browser.call().outcome())
                .as("the new cookie has this clock's time")
                .isEqualTo(HIT);
    }

    @Test
    void s6TheCookieIsFoundInTheThirdLineAndAmongCrumbs() {
        String server = browser.call().server();
        for (List<String> lines : List.of(
                List.of("a=1; b=2", "c=3", "d=4; " + browser.cookie()),
                List.of("a=1", browser.cookie(), "b=2"),
                List.of("", "x", browser.cookie()))) {
            World.Answer answer = world.serve(cookies.read(lines));
            assertThat(answer.outcome()).isEqualTo(HIT);
            assertThat(answer.server()).isEqualTo(server);
        }
    }

    @Test
    void s9OnlyTheExactTokenHitsAndItsQuotedForm() {
        browser.call();
        String token = browser.token();
        StickyCookie otherScope = world.cookie().scope("shop").build();
        StickyCookie otherKey = world.cookie().key(World.key('x')).build();
        assertThat(world.serve(otherScope.read(browser.cookie())).outcome()).isEqualTo(MISS_INVALID);
        assertThat(world.serve(otherKey.read(browser.cookie())).outcome()).isEqualTo(MISS_INVALID);
        for (String spoilt : List.of(
                token.substring(0, 38),
                token + "A",
                token + "=",
                token + "==",
                token.substring(1),
                "v2" + token.substring(2)))
            assertThat(outcome("lb=" + spoilt)).as("a spoilt token").isEqualTo(MISS_INVALID);
        assertThat(outcome("lb=\"" + token + "\"")).isEqualTo(HIT);
    }

    @Test
    void s9TheStandardBase64AlphabetIsNotOurs() {
        String token = "";
        for (int i = 0; i < 200 && !token.matches(".*[_-].*"); i++) { // 36 characters of 64: 2 in 3 have one
            world.advance(Duration.ofMinutes(1));
            token = new TokenText(cookies, world).fresh();
        }
        assertThat(token).matches(".*[_-].*");
        assertThat(outcome("lb=" + token)).isEqualTo(HIT);
        assertThat(outcome("lb=" + token.replace('-', '+').replace('_', '/'))).isEqualTo(MISS_INVALID);
    }

    /** Makes tokens. */
    private record TokenText(StickyCookie cookies, World world) {
        String fresh() {
            Browser other = new Browser(world, cookies);
            other.call();
            return other.token();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1:22", "http://127.0.0.1:22/", "../", "../../etc/passwd", "a", "b", "c"})
    void s10AnAddressInTheCookieIsAMissAndNobodyButMembersIsReturned(String value) {
        World.Answer answer = world.serve(cookies.read("lb=" + value));
        assertThat(answer.outcome()).isEqualTo(MISS_INVALID);
        assertThat(answer.server()).isIn("a", "b", "c");
    }

    @Test
    void s12TokensOfAnAcceptedKeyHitAndAreIssuedAnew() {
        String server = browser.call().server();
        StickyCookie rotated =
                world.cookie().key(World.key('2')).alsoAccept(World.KEY).build();
        World.Answer old = world.serve(rotated.read(browser.cookie()));
        assertThat(old.outcome()).isEqualTo(HIT);
        assertThat(old.server()).isEqualTo(server);
        assertThat(old.setCookie()).startsWith("lb=v1.").doesNotContain(browser.token());

        StickyCookie dropped = world.cookie().key(World.key('2')).build();
        World.Answer miss = world.serve(dropped.read(browser.cookie()));
        assertThat(miss.outcome()).isEqualTo(MISS_INVALID);
        assertThat(miss.setCookie()).isNotNull();
        String renewed = old.setCookie().split(";", 2)[0];
        assertThat(world.serve(dropped.read(renewed)).server()).isEqualTo(server);
    }

    @Test
    void s12OfTwoKeysThatShareAKidBothAreTried() {
        byte[] twin = World.key('t');
        int kid = new TokenKey(World.KEY, "default").kid();
        for (int i = 0; new TokenKey(twin, "default").kid() != kid; i++)
            twin = ByteBuffer.allocate(32).putInt(i).array();
        String server = browser.call().server();
        StickyCookie both = world.cookie().key(twin).alsoAccept(World.KEY).build();
        World.Answer old = world.serve(both.read(browser.cookie()));
        assertThat(old.outcome()).isEqualTo(HIT);
        assertThat(old.server()).isEqualTo(server);
        World.Answer renewed = world.serve(both.read(old.setCookie().split(";", 2)[0]));
        assertThat(renewed).isEqualTo(new World.Answer(server, new Settled(HIT, null)));
    }

    @Test
    void s12AnAcceptedKeyKeepsTheDateOnWhichTheSessionBegan() {
        browser.call();
        StickyCookie rotated = world.cookie()
                .key(World.key('2'))
                .alsoAccept(World.KEY)
                .maxIdle(Duration.ofHours(24))
                .build();
        world.advance(Duration.ofHours(8));
        Settled renewed = world.serve(rotated.read(browser.cookie())).settled();
        world.advance(Duration.ofMinutes(1));
        assertThat(world.serve(rotated.read(renewed.setCookie().split(";", 2)[0]))
                        .outcome())
                .isEqualTo(EXPIRED);
    }

    @Test
    void anyChangeOfAnyBitIsAMiss() {
        browser.call();
        char[] cookie = browser.cookie().toCharArray();
        for (int at = 3; at < cookie.length; at++) {
            for (int bit = 0; bit < 16; bit++) {
                char before = cookie[at];
                cookie[at] ^= (char) (1 << bit);
                StickyOutcome outcome = outcome(new String(cookie));
                assertThat(outcome).as("character %d, bit %d", at, bit).isNotEqualTo(HIT);
                cookie[at] = before;
            }
        }
        assertThat(outcome(new String(cookie))).isEqualTo(HIT);
    }

    @Test
    void aTokenHasOneLengthAndOneSpelling() {
        browser.call();
        String token = browser.token();
        assertThat(token).hasSize(39);
        String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        long hits = alphabet.chars()
                .filter(last -> outcome("lb=" + token.substring(0, 38) + (char) last) == HIT)
                .count();
        assertThat(hits).isEqualTo(1);
    }

    @Test
    void ofSeveralCookiesTheFirstValidOneCountsAndAtMostFourAreTried() {
        String server = browser.call().server();
        String genuine = browser.cookie();
        assertThat(outcome("lb=planted; " + genuine)).isEqualTo(HIT);
        assertThat(outcome("lb=1; lb=2; lb=3; " + genuine)).isEqualTo(HIT);
        assertThat(outcome("lb=1; lb=2; lb=3; lb=4; " + genuine)).isEqualTo(MISS_INVALID);
        Browser other = new Browser(world, cookies);
        assertThat(other.call().server()).isNotEqualTo(server);
        assertThat(world.serve(cookies.read(genuine + "; " + other.cookie())).server())
                .isEqualTo(server);
    }

    @Test
    void anExpiredCookieBeforeAValidOneDoesNotHideIt() {
        browser.call();
        String old = browser.cookie();
        world.advance(Duration.ofMinutes(31));
        assertThat(outcome(old)).isEqualTo(EXPIRED);
        assertThat(outcome("lb=x; " + old)).isEqualTo(EXPIRED);
        Browser other = new Browser(world, cookies);
        other.call();
        assertThat(outcome(old + "; " + other.cookie())).isEqualTo(HIT);
    }

    @Test
    void theTextHasAllAttributesInOneOrder() {
        StickyCookie full = StickyCookie.builder(world.pool)
                .key(World.KEY)
                .clock(world.clock)
                .name("__Secure-lb")
                .domain("example.org")
                .path("/shop")
                .sameSite(SameSite.NONE)
                .partitioned(true)
                .persistent(true)
                .build();
        assertThat(world.serve(full.read((String) null)).setCookie())
                .matches("__Secure-lb=v1\\.[A-Za-z0-9_-]{36}; Max-Age=28800; Domain=example\\.org; Path=/shop; Secure; "
                        + "HttpOnly; SameSite=None; Partitioned");
    }

    @Test
    void maxAgeIsWhatIsLeftOfTheSessionsLife() {
        Browser persistent = new Browser(world, world.cookie().persistent(true).build());
        assertThat(persistent.call().setCookie()).contains("; Max-Age=28800; Path=/; HttpOnly; SameSite=Lax");
        world.advance(Duration.ofMinutes(20));
        assertThat(persistent.call().setCookie()).contains("; Max-Age=27600;");
    }

    @Test
    void b16TheTextIsAsCleanAsEverWhateverTheServerIsCalled() {
        String name = "a;b\"c=d, e\\f";
        World odd = new World();
        odd.pool.update(List.of(Server.builder("10.0.0.1:80").id(name).build()));
        Browser client = new Browser(odd, odd.cookie().build());
        assertThat(client.call().setCookie()).matches("lb=v1\\.[A-Za-z0-9_-]{36}; Path=/; HttpOnly; SameSite=Lax");
        assertThat(client.call().server()).isEqualTo(name);
    }

    @Test
    void b17NoCookieIsPlainBalancing() {
        assertThat(world.serve(cookies.read((List<String>) null)).outcome()).isEqualTo(NEW);
        assertThat(cookies.read("").context().excludesAny()).isFalse();
        assertThat(cookies.read("").context()).isSameAs(org.lb4j.SelectionContext.none());
    }

    @Test
    void aServerThatIsNoMemberIsNeverWrittenIntoACookie() {
        Settled settled = cookies.read("").settle(Server.of("10.9.9.9:80"));
        assertThat(settled.setCookie()).isNull();
        assertThat(cookies.read("").settle(null).setCookie()).isNull();
    }

    @Test
    void aVisitIsSettledOnce() {
        StickyVisit visit = cookies.read("");
        Server server = world.selector.next(visit.context());
        Settled settled = visit.settle(server);
        assertThat(visit.settle(null)).isSameAs(settled);
        assertThat(cookies.count(NEW)).isEqualTo(1);
    }

    private StickyOutcome outcome(String header) {
        return world.serve(cookies.read(header)).outcome();
    }
}
