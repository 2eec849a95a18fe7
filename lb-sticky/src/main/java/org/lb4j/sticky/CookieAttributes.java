package org.lb4j.sticky;

import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How the cookie is to be set, while it is being decided; refuses what a browser would drop without a word. */
final class CookieAttributes {
    private static final int MAX_ATTRIBUTE = 1024;
    private static final int MAX_COOKIE = 4096;
    private static final Duration MAX_AGE = Duration.ofDays(400);
    private static final String NO_TOKEN = "()<>@,;:\\\"/[]?={}"; // RFC 9110, 5.6.2

    String name = "__Host-lb";
    String path = "/";

    @Nullable
    String domain;

    boolean secure = true;
    boolean httpOnly = true;
    SameSite sameSite = SameSite.LAX;
    boolean partitioned;
    boolean persistent;

    CookieText text(Duration maxLife) {
        checkName(name);
        if (name.length() + Token.LENGTH > MAX_COOKIE)
            throw refused("name and value together must have at most " + MAX_COOKIE + " bytes, would have "
                    + (name.length() + Token.LENGTH));
        if (!path.startsWith("/")) throw refused("path must begin with /, was \"" + printable(path) + "\"");
        checkAttribute("path", path);
        if (domain != null) checkDomain(domain);
        if (!secure && sameSite == SameSite.NONE) throw refused("SameSite=None needs Secure, was without");
        if (!secure && partitioned) throw refused("Partitioned needs Secure, was without");
        checkPrefix();
        if (persistent && maxLife.compareTo(MAX_AGE) > 0)
            throw refused("maxLife of a persistent cookie must be at most 400 days, was " + maxLife);
        return new CookieText(name, tail(), persistent);
    }

    /** A name that a cookie may have: a token of RFC 9110, and none of those that readers skip. */
    static void checkName(String name) {
        if (name.isEmpty()) throw refused("name must not be empty");
        if (name.charAt(0) == '$') throw refused("name must not begin with $, was \"" + printable(name) + "\"");
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c <= ' ' || c >= 0x7F || NO_TOKEN.indexOf(c) >= 0)
                throw refused("name must be a token of RFC 9110, was \"" + printable(name) + "\"");
        }
    }

    private static void checkDomain(String domain) {
        if (domain.isEmpty()) throw refused("domain must not be empty: leave it out instead");
        checkAttribute("domain", domain);
    }

    private static void checkAttribute(String what, String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c < ' ' || c >= 0x7F || c == ';')
                throw refused(what + " must be printable ASCII without ;, was \"" + printable(value) + "\"");
        }
        if (value.length() > MAX_ATTRIBUTE)
            throw refused(what + " must have at most " + MAX_ATTRIBUTE + " bytes, had " + value.length());
    }

    /** Browsers compare the prefixes without regard to case. */
    private void checkPrefix() {
        String prefix = name.toLowerCase(Locale.ROOT);
        if (prefix.startsWith("__secure-") && !secure) throw refused("__Secure- needs Secure, was without");
        if (!prefix.startsWith("__host-")) return;
        if (!secure) throw refused("__Host- needs Secure, was without; over plain http say name(\"lb\").secure(false)");
        if (domain != null) throw refused("__Host- allows no domain, was \"" + printable(domain) + "\"");
        if (!path.equals("/")) throw refused("__Host- needs the path /, was \"" + printable(path) + "\"");
    }

    private String tail() {
        StringBuilder tail = new StringBuilder();
        if (domain != null) tail.append("; Domain=").append(domain);
        tail.append("; Path=").append(path);
        if (secure) tail.append("; Secure");
        if (httpOnly) tail.append("; HttpOnly");
        tail.append("; SameSite=").append(sameSite.text());
        if (partitioned) tail.append("; Partitioned");
        return tail.toString();
    }

    private static IllegalArgumentException refused(String why) {
        return new IllegalArgumentException("cookie " + why);
    }

    private static String printable(String text) {
        StringBuilder shown = new StringBuilder();
        for (int i = 0; i < Math.min(text.length(), 64); i++) {
            char c = text.charAt(i);
            if (c >= ' ' && c < 0x7F) shown.append(c);
            else shown.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
        }
        return shown.append(text.length() > 64 ? "…" : "").toString();
    }
}
