package org.lb4j.sticky;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a server's {@code Set-Cookie} says of one cookie.
 *
 * @param value its value; may be empty
 * @param deleted whether it is taken away: by an empty value, or by Max-Age
 */
record SetCookie(String value, boolean deleted) {
    private static final String MAX_AGE = "max-age";

    /** Null: it sets another cookie, or none of use. */
    static @Nullable SetCookie read(String line, String name) {
        int pair = end(line, 0);
        String[] value = new String[1];
        CookieScan.scan(List.of(line.substring(0, pair)), name, (text, from, to) -> {
            value[0] = from == to ? "" : SessionIds.id(text, from, to);
            return false;
        });
        return value[0] == null ? null : new SetCookie(value[0], value[0].isEmpty() || deletes(line, pair));
    }

    private static int end(String line, int from) {
        int semicolon = line.indexOf(';', from);
        return semicolon < 0 ? line.length() : semicolon;
    }

    private static boolean deletes(String line, int from) {
        boolean deletes = false;
        for (int at = from; at < line.length(); ) {
            int to = end(line, at + 1);
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
