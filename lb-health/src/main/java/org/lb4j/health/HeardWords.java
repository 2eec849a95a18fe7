package org.lb4j.health;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What servers said outside of probes, each for 60 s: in the order in which it ends, as each lasts equally long. */
final class HeardWords {
    private static final long LASTS = 60_000_000_000L;

    private final Map<Checked, Long> until = new LinkedHashMap<>();

    void heard(Checked checked, long now) {
        until.remove(checked);
        until.put(checked, now + LASTS);
    }

    void forget(Checked checked) {
        until.remove(checked);
    }

    /** The next one whose word is over, and forgotten; null: none. */
    @Nullable
    Checked over(long now) {
        Iterator<Map.Entry<Checked, Long>> first = until.entrySet().iterator();
        if (!first.hasNext()) return null;
        Map.Entry<Checked, Long> entry = first.next();
        if (now - entry.getValue() < 0) return null;
        first.remove();
        return entry.getKey();
    }

    /** When the next one is over; {@code none} if nothing was heard. */
    long nextEnd(long none) {
        return until.isEmpty() ? none : until.values().iterator().next();
    }
}
