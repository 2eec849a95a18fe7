package org.lb4j.sticky;

/**
 * The text of {@code Set-Cookie}. Nothing of it comes from a request or a server's name, so nothing can be injected.
 *
 * @param tail the attributes behind Max-Age, in their order
 * @param persistent whether Max-Age is sent
 */
record CookieText(String name, String tail, boolean persistent) {
    String of(Token token, long secondsLeft) {
        String maxAge = persistent ? "; Max-Age=" + secondsLeft : "";
        return name + '=' + token.text() + maxAge + tail;
    }
}
