package org.lb4j.sticky;

/**
 * Which requests of other sites a browser sends the cookie with.
 *
 * <pre>{@code
 * StickyCookie cookies = StickyCookie.builder(pool).key(secret).sameSite(SameSite.STRICT).build();
 * }</pre>
 */
public enum SameSite {
    /** None of them. */
    STRICT("Strict"),
    /** When a person follows a link. */
    LAX("Lax"),
    /** All of them; needs {@code Secure}. */
    NONE("None");

    private final String text;

    SameSite(String text) {
        this.text = text;
    }

    /** As it stands in the header. */
    String text() {
        return text;
    }
}
