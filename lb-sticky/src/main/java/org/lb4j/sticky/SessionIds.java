package org.lb4j.sticky;

import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Chooses among the values of an application's cookie: the first that is known, else the first. */
final class SessionIds implements CookieScan.Values {
    private final Predicate<String> known;
    private @Nullable String first;
    private @Nullable String chosen;
    private int tried;

    SessionIds(Predicate<String> known) {
        this.known = known;
    }

    @Override
    public boolean take(CharSequence line, int from, int to) {
        String id = id(line, from, to);
        if (id != null && known.test(id)) {
            chosen = id;
            return false;
        }
        if (first == null) first = id;
        return ++tried < CookieScan.MAX_TRIED;
    }

    @Nullable
    String chosen() {
        return chosen == null ? first : chosen;
    }

    /** Printable ASCII, or it is no id. */
    static @Nullable String id(CharSequence line, int from, int to) {
        if (from == to) return null;
        for (int at = from; at < to; at++) if (line.charAt(at) < ' ' || line.charAt(at) > '~') return null;
        return line.subSequence(from, to).toString();
    }
}
