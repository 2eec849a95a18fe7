package org.lb4j.sticky;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a server's {@code Set-Cookie} says of one cookie.
 *
 * @param value its value, never empty
 * @param deleted whether Max-Age takes it away
 */
record SetCookie(String value, boolean deleted) {
    private static final String MAX_AGE = "max-age";

    /** Null: it sets another cookie, or none of use. */
    static @Nullable SetCookie read(String line, String name) {
        int end = Math.min(line.length(), CookieScan.MAX_CHARS);
        int semicolon = line.indexOf(';');
        int pair = semicolon < 0 || semicolon > end ? end : semicolon;
        SessionIds ids = new SessionIds(id -> true);
        CookieScan.scan(List.of(line.substring(0, pair)), name, ids);
        String value = ids.chosen();
        return value == null ? null : new SetCookie(value, deletes(line, pair, end));
    }

    private static boolean deletes(String line, int from, int end) {
        boolean deletes = false;
        for (int at = from; at < end; ) {
            int next = line.indexOf(';', at + 1);
            int to = next < 0 || next > end ? end : next;
            String attribute = line.substring(at + 1, to).trim();
            if (attribute.regionMatches(true, 0, MAX_AGE, 0, MAX_AGE.length())) {
                int equals = attribute.indexOf('=');
                if (equals > 0 && attribute.substring(0, equals).trim().length() == MAX_AGE.length())
                    deletes = notPositive(attribute.substring(equals + 1).trim()); // the last one counts
            }
            at = to;
        }
        return deletes;
    }

    /** Zero or below, as RFC 6265 reads it; what is no number is no Max-Age. */
    private static boolean notPositive(String seconds) {
        boolean negative = seconds.startsWith("-");
        boolean zero = true;
        for (int i = negative ? 1 : 0; i < seconds.length(); i++) {
            if (seconds.charAt(i) < '0' || seconds.charAt(i) > '9') return false;
            zero &= seconds.charAt(i) == '0';
        }
        return seconds.length() > (negative ? 1 : 0) && (negative || zero);
    }
}
