package org.lb4j.sticky;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lb4j.Server;

final class CookieBuilderTest {
    private final World world = new World("a", "b");

    @ParameterizedTest
    @ValueSource(strings = {"a b", "a;b", "a=b", "a\tb", "a\r\nb", "a\u0000", "ä", "a,b", "a\"b", "\u007f"})
    void s14AWrongNameIsRefused(String name) {
        refused(cookie -> cookie.name(name), "cookie name must be a token of RFC 9110, was \"");
    }

    @Test
    void s14NamesThatNoReaderWouldFindAreRefused() {
        refused(cookie -> cookie.name(""), "cookie name must not be empty");
        refused(cookie -> cookie.name("$lb"), "cookie name must not begin with $, was \"$lb\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/a\r\nSet-Cookie: x=y", "/a;b", "/\u0000", "/é"})
    void s14AWrongPathIsRefused(String path) {
        refused(cookie -> cookie.name("lb").path(path), "cookie path must be printable ASCII without ;, was \"/");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\r\nb", "a;b", "\u007f"})
    void s14AWrongDomainIsRefused(String domain) {
        refused(cookie -> cookie.name("lb").domain(domain), "cookie domain must be printable ASCII without ;, was \"");
    }

    @Test
    void s14AttributesThatAreTooLongAreRefused() {
        String path = "/" + "a".repeat(1024);
        refused(cookie -> cookie.name("lb").path(path), "cookie path must have at most 1024 bytes, had 1025");
        refused(
                cookie -> cookie.name("lb").domain("a".repeat(1025)),
                "cookie domain must have at most 1024 bytes, had 1025");
        refused(cookie -> cookie.name("lb").path("shop"), "cookie path must begin with /, was \"shop\"");
        refused(cookie -> cookie.name("lb").domain(""), "cookie domain must not be empty: leave it out instead");
    }

    @Test
    void s14WhatNeedsSecureIsRefusedWithoutIt() {
        refused(
                cookie -> cookie.name("lb").secure(false).sameSite(SameSite.NONE),
                "cookie SameSite=None needs Secure, was without");
        refused(
                cookie -> cookie.name("lb").secure(false).partitioned(true),
                "cookie Partitioned needs Secure, was without");
        refused(cookie -> cookie.name("__Secure-lb").secure(false), "cookie __Secure- needs Secure, was without");
    }

    @Test
    void s14HostPrefixIsRefusedWithADomainAPathOrWithoutSecure() {
        refused(cookie -> cookie.domain("example.org"), "cookie __Host- allows no domain, was \"example.org\"");
        refused(cookie -> cookie.path("/shop"), "cookie __Host- needs the path /, was \"/shop\"");
        refused(
                cookie -> cookie.secure(false),
                "cookie __Host- needs Secure, was without; over plain http say name(\"lb\").secure(false)");
        refused(cookie -> cookie.name("__host-LB").domain("example.org"), "cookie __Host- allows no domain");
    }

    @Test
    void s14ACookieThatIsTooLongIsRefused() {
        String name = "a".repeat(4096 - 39 + 1);
        refused(
                cookie -> cookie.name(name),
                "cookie name and value together must have at most 4096 bytes, would have 4097");
        StickyCookie longest = builder().name(name.substring(1)).build();
        assertThat(longest).isNotNull();
    }

    @Test
    void s14AKeyOf31BytesIsRefused() {
        refused(cookie -> cookie.key(new byte[31]), "key must have at least 32 bytes, had 31");
        refused(cookie -> cookie.alsoAccept(new byte[31]), "accepted key must have at least 32 bytes, had 31");
    }

    @Test
    void acceptedKeysWithoutOneThatSignsAreRefused() {
        assertThatThrownBy(() ->
                        StickyCookie.builder(world.pool).alsoAccept(World.KEY).build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("key must be given if others are accepted, was not");
    }

    @Test
    void lifetimesAreWholeMinutes() {
        refused(cookie -> cookie.maxIdle(Duration.ofMinutes(1)), "maxIdle must be at least PT2M, was PT1M");
        refused(cookie -> cookie.maxIdle(Duration.ofSeconds(150)), "maxIdle must be whole minutes, was PT2M30S");
        refused(cookie -> cookie.maxLife(Duration.ofSeconds(90)), "maxLife must be whole minutes, was PT1M30S");
        refused(cookie -> cookie.maxLife(Duration.ZERO), "maxLife must be above 0, was PT0S");
        refused(
                cookie -> cookie.persistent(true).maxLife(Duration.ofDays(401)),
                "cookie maxLife of a persistent cookie must be at most 400 days, was PT9624H");
    }

    @Test
    void theOverloadGuardHasLimits() {
        refused(cookie -> cookie.overload(0.5, 8), "overload factor must be at least 1, was 0.5");
        refused(cookie -> cookie.overload(2, -1), "overload slack must be at least 0, was -1");
        refused(cookie -> cookie.drainDeadline(Duration.ofMinutes(-1)), "drainDeadline must be above 0, was PT-1M");
    }

    @Test
    void b16AServerIdWithALineBreakIsRefused() {
        assertThatThrownBy(() -> Server.builder("10.0.0.1:80").id("a\r\nSet-Cookie: x=y"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("server id must have no control characters");
    }

    @Test
    void aKeyIsCopiedIn() {
        byte[] key = World.key('k');
        StickyCookie cookies = builder().key(key).build();
        Browser browser = new Browser(world, world.cookie().build());
        browser.call();
        java.util.Arrays.fill(key, (byte) 0);
        StickyCookie early = world.cookie().key(World.key('k')).build();
        assertThat(world.serve(early.read(browser.cookie())).outcome()).isEqualTo(StickyOutcome.HIT);
        assertThat(world.serve(cookies.read("__Host-lb=" + browser.token())).outcome())
                .isEqualTo(StickyOutcome.HIT);
    }

    private StickyCookie.Builder builder() {
        return StickyCookie.builder(world.pool).key(World.KEY).clock(world.clock);
    }

    private void refused(UnaryOperator<StickyCookie.Builder> settings, String message) {
        assertThatThrownBy(() -> settings.apply(builder()).build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(message);
    }
}
