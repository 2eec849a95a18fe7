package org.lb4j.sticky;

import org.jspecify.annotations.Nullable;

/**
 * What became of a visit.
 *
 * <pre>{@code
 * Settled settled = visit.settle(server);
 * if (settled.setCookie() != null) response.addHeader("Set-Cookie", settled.setCookie());
 * }</pre>
 *
 * @param outcome whether the session kept its server, and why not
 * @param setCookie the exact value of a {@code Set-Cookie} header that is owed; null: send nothing
 */
public record Settled(StickyOutcome outcome, @Nullable String setCookie) {
    /** Without the cookie, which is nothing for a log. */
    @Override
    public String toString() {
        return outcome + (setCookie == null ? "" : ", a cookie is owed");
    }
}
