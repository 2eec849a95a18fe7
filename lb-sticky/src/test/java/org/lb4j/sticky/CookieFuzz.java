package org.lb4j.sticky;

import java.util.ArrayList;
import java.util.List;
import org.lb4j.Server;

/**
 * What must hold of the reading of cookies, for any bytes. Bytes are characters; a line break begins the next header, and
 * 0xFF stands for a token of the moment, so that a fuzzer finds the way past its seal. Used by Jazzer, which calls
 * {@link #fuzzerTestOneInput}, and by the seeded test of the normal build.
 */
public final class CookieFuzz {
    private static final World WORLD = new World("a", "b", "c");
    private static final StickyCookie COOKIES = WORLD.cookie().build();
    private static final StickySessions SESSIONS = WORLD.sessions().build();
    private static final TokenKey[] KEYS = {new TokenKey(World.KEY, "default")};
    private static final String TOKEN = token();

    private CookieFuzz() {}

    private static String token() {
        Browser browser = new Browser(WORLD, COOKIES);
        browser.call();
        return browser.token();
    }

    /**
     * One input.
     *
     * @param input any bytes
     */
    public static void fuzzerTestOneInput(byte[] input) {
        List<String> headers = headers(input);
        outcomeIsWhatTheRulesSay(headers);
        scanReadsLittle(headers);
        anyServerIsAMember(headers);
    }

    static List<String> headers(byte[] input) {
        List<String> headers = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (byte each : input) {
            if (each == '\n') {
                headers.add(line.toString());
                line.setLength(0);
            } else if (each == (byte) 0xFF) line.append(TOKEN);
            else line.append((char) (each & 0xFF));
        }
        headers.add(line.toString());
        return headers;
    }

    private static void outcomeIsWhatTheRulesSay(List<String> headers) {
        StickyOutcome expected =
                PlainCookies.outcome(headers, "lb", value -> Token.read(value, 0, value.length(), KEYS) != null);
        StickyVisit visit = COOKIES.read(headers);
        Server picked = WORLD.selector.next(visit.context());
        if (WORLD.pool.member(picked.id()) == null) throw new AssertionError("no member: " + picked);
        Settled settled = visit.settle(picked);
        if (settled.outcome() != expected) throw new AssertionError(settled.outcome() + " instead of " + expected);
        if ((settled.setCookie() == null) != (expected == StickyOutcome.HIT)) throw new AssertionError(settled);
    }

    /** Linear, whatever the text: no character is read more than three times, and none beyond the bound. */
    private static void scanReadsLittle(List<String> headers) {
        List<CountingText> counting = headers.stream().map(CountingText::new).toList();
        CookieScan.scan(counting, "lb", (line, from, to) -> true);
        long reads = counting.stream().mapToLong(CountingText::reads).sum();
        long length = headers.stream().mapToLong(String::length).sum();
        if (reads > 3 * Math.min(length, CookieScan.MAX_CHARS))
            throw new AssertionError(reads + " reads of " + length + " characters");
    }

    /** Neither reading a session id nor a route nor learning throws. */
    private static void anyServerIsAMember(List<String> headers) {
        WORLD.selector.next(SESSIONS.visit(headers, "lb").context());
        SESSIONS.learn(headers, headers, "lb", WORLD.pool.member("a").server());
    }
}
