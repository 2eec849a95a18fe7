package org.lb4j.health;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/**
 * At most one line a second for each server. What comes in between is counted, and the last of it is written when the second
 * is over and somebody comes by, so that the log ends with the truth: {@code server a:80 up: ... (+3 more)}.
 */
final class LogLines {
    private static final long SECOND = 1_000_000_000L;

    private final Logger log;
    private final Map<String, Line> recent = new LinkedHashMap<>(); // the oldest first

    LogLines(Logger log) {
        this.log = log;
    }

    void say(String about, boolean warning, String text, long now) {
        Line line = recent.get(about);
        if (line != null && now - line.written < SECOND) {
            line.holdBack(warning, text);
            return;
        }
        recent.remove(about); // the order is that of writing
        recent.put(about, new Line(now));
        write(warning, text);
    }

    /** Writes what was held back for a second. */
    void due(long now) {
        while (!recent.isEmpty()) {
            Map.Entry<String, Line> oldest = recent.entrySet().iterator().next();
            Line line = oldest.getValue();
            if (now - line.written < SECOND) return;
            recent.remove(oldest.getKey());
            if (line.text == null) continue;
            write(line.warning, line.more == 1 ? line.text : line.text + " (+" + (line.more - 1) + " more)");
            recent.put(oldest.getKey(), new Line(now));
        }
    }

    private void write(boolean warning, String text) {
        if (warning) log.warn(text);
        else log.info(text);
    }

    /** What was said last of one server, and what has not been. */
    private static final class Line {
        private final long written;
        private @Nullable String text;
        private boolean warning;
        private int more;

        Line(long written) {
            this.written = written;
        }

        void holdBack(boolean warning, String text) {
            this.warning = warning;
            this.text = text;
            more++;
        }
    }
}
