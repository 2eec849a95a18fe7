package org.lb4j.sticky;

/** Keeps one cookie, and sends it with each call. */
final class Browser {
    private final World world;
    private final StickyCookie cookies;
    private String cookie;

    Browser(World world, StickyCookie cookies) {
        this.world = world;
        this.cookies = cookies;
    }

    /** The next visit, to be settled by the test. */
    StickyVisit visit() {
        return cookies.read(cookie);
    }

    World.Answer call() {
        World.Answer answer = world.serve(visit());
        take(answer.settled());
        return answer;
    }

    void take(Settled settled) {
        if (settled.setCookie() != null) cookie = settled.setCookie().split(";", 2)[0];
    }

    /** {@code name=value}; null: none. */
    String cookie() {
        return cookie;
    }

    /** Its value alone. */
    String token() {
        return cookie.substring(cookie.indexOf('=') + 1);
    }
}
