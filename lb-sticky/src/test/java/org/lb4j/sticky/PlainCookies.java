package org.lb4j.sticky;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** The rules for reading cookies once more, as plainly as they can be written: the oracle of the fuzz test. */
final class PlainCookies {
    private PlainCookies() {}

    static StickyOutcome outcome(List<String> headers, String name, Predicate<String> isToken) {
        List<String> values = values(headers, name);
        if (values.isEmpty()) return StickyOutcome.NEW;
        boolean hit = values.stream().limit(4).anyMatch(isToken);
        return hit ? StickyOutcome.HIT : StickyOutcome.MISS_INVALID;
    }

    private static List<String> values(List<String> headers, String name) {
        List<String> values = new ArrayList<>();
        String joined = String.join("; ", headers);
        String looked = joined.substring(0, Math.min(joined.length(), 16 * 1024));
        int pairs = 0;
        for (String segment : looked.split(";", -1)) {
            int equals = segment.indexOf('=');
            String key = equals < 0 ? "" : trim(segment.substring(0, equals));
            if (key.isEmpty() || ++pairs > 180) continue;
            if (key.equals(name)) values.add(unquoted(trim(segment.substring(equals + 1))));
        }
        return values;
    }

    private static String trim(String text) {
        int from = 0;
        int to = text.length();
        while (from < to && " \t".indexOf(text.charAt(from)) >= 0) from++;
        while (to > from && " \t".indexOf(text.charAt(to - 1)) >= 0) to--;
        return text.substring(from, to);
    }

    private static String unquoted(String value) {
        boolean quoted = value.length() >= 2 && value.startsWith("\"") && value.endsWith("\"");
        return quoted ? value.substring(1, value.length() - 1) : value;
    }
}
