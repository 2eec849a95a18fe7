package org.lb4j.sticky;

import java.util.Collection;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.RandomAccess;
import org.jspecify.annotations.Nullable;

/**
 * Finds the values of one cookie in {@code Cookie} headers: {@code a=1; lb=x; lb=y} has two of {@code lb}, x and y. What a
 * client sends is hostile until proven otherwise, so this is one pass of bounded length that makes nothing, keeps nothing
 * and throws nothing.
 */
final class CookieScan {
    /* Split at ; only, trim blanks, the first = ends the name, one pair of quotes around the value goes. What is empty,
     * has no name or no =, is skipped, and so are $Version and the like: no name of ours begins with $. */

    /** How much is looked at over all headers, as if joined by "; ". What lies beyond does not exist. */
    static final int MAX_CHARS = 16 * 1024;

    /** How many pairs of a name and a value are looked at: as many as a browser keeps for a site. */
    static final int MAX_PAIRS = 180;

    /** How many of the wanted name are worth a try: a planted cookie may stand before the genuine one. */
    static final int MAX_TRIED = 4;

    /** Gets the values found. */
    interface Values {
        /** One of them, from here to there. False: no more are wanted. */
        boolean take(CharSequence line, int from, int to);
    }

    private CookieScan() {}

    static void scan(@Nullable Collection<? extends CharSequence> lines, String name, Values values) {
        if (lines == null) return;
        // By index where that is as good: an iterator is an object.
        List<? extends CharSequence> list =
                lines instanceof List<? extends CharSequence> each && lines instanceof RandomAccess ? each : null;
        Iterator<? extends CharSequence> others = list == null ? lines.iterator() : Collections.emptyIterator();
        int room = MAX_CHARS;
        int pairs = MAX_PAIRS;
        for (int i = 0, n = lines.size(); i < n && pairs > 0 && room > 0; i++) {
            CharSequence line = list == null ? others.next() : list.get(i);
            if (line == null) continue;
            pairs = scan(line, Math.min(room, line.length()), name, values, pairs);
            room -= Math.min(room, line.length() + 2);
        }
    }

    /**
     * One header.
     *
     * @param pairs how many may still come
     * @return how many may come after it; 0: enough
     */
    private static int scan(CharSequence line, int end, String name, Values values, int pairs) {
        int left = pairs;
        int start = 0;
        int equals = -1;
        for (int at = 0; at <= end && left > 0; at++) {
            char c = at == end ? ';' : line.charAt(at);
            if (c == '=' && equals < 0) equals = at;
            if (c != ';') continue;
            if (equals >= 0) left = pair(line, start, equals, at, name, values, left);
            start = at + 1;
            equals = -1;
        }
        return left;
    }

    private static int pair(CharSequence line, int start, int equals, int end, String name, Values values, int pairs) {
        int from = skipBlanks(line, start, equals);
        if (from == equals) return pairs; // nameless
        int to = dropBlanks(line, from, equals);
        if (same(line, from, to, name) && !value(line, equals + 1, end, values)) return 0;
        return pairs - 1;
    }

    private static boolean value(CharSequence line, int start, int end, Values values) {
        int from = skipBlanks(line, start, end);
        int to = dropBlanks(line, from, end);
        boolean quoted = to - from >= 2 && line.charAt(from) == '"' && line.charAt(to - 1) == '"';
        return quoted ? values.take(line, from + 1, to - 1) : values.take(line, from, to);
    }

    private static boolean same(CharSequence line, int from, int to, String name) {
        if (to - from != name.length()) return false;
        for (int i = 0; i < name.length(); i++) if (line.charAt(from + i) != name.charAt(i)) return false;
        return true;
    }

    static int skipBlanks(CharSequence text, int from, int to) {
        while (from < to && blank(text.charAt(from))) from++;
        return from;
    }

    static int dropBlanks(CharSequence text, int from, int to) {
        while (to > from && blank(text.charAt(to - 1))) to--;
        return to;
    }

    private static boolean blank(char c) {
        return c == ' ' || c == '\t';
    }
}
