package org.lb4j.health;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Looks for texts in the beginning of a body, and for health words in its first line, however the packets are cut. */
final class BodyReader {
    /** As many as a line of health words may have. */
    private static final int LINE = 256;

    private final List<byte[]> texts;
    private final boolean words;
    private final ProbeResult soFar;
    private final byte[] seen;
    private int length;
    private int found;
    private int from;

    /** @param soFar what status and headers say */
    BodyReader(List<byte[]> texts, int window, boolean words, ProbeResult soFar) {
        this.texts = texts;
        this.words = words;
        this.soFar = soFar;
        this.seen = new byte[texts.isEmpty() ? LINE : window];
    }

    /** The result once nothing that follows could change it; null: more is needed. */
    @Nullable
    ProbeResult take(ByteBuffer bytes) {
        int taken = Math.min(bytes.remaining(), seen.length - length);
        bytes.get(seen, length, taken);
        length += taken;
        search();
        boolean settled = found == texts.size() && (!words || lineIsOver());
        return settled || length == seen.length ? end() : null;
    }

    /** The result by what has come. */
    ProbeResult end() {
        if (found < texts.size())
            return ProbeResult.fail(
                    Reason.CONTENT,
                    "expected text " + (found + 1) + " of " + texts.size() + " is not in the first " + length
                            + " bytes");
        if (!words) return soFar;
        String line = new String(seen, 0, Math.min(length, LINE + 1), StandardCharsets.UTF_8);
        return HealthWords.worse(soFar, HealthWords.read(line));
    }

    private void search() {
        while (found < texts.size()) {
            byte[] text = texts.get(found);
            int at = indexOf(text);
            if (at < 0) {
                from = Math.max(from, length - text.length + 1); // what is before was looked at
                return;
            }
            from = at + text.length;
            found++;
        }
    }

    private int indexOf(byte[] text) {
        for (int at = from; at + text.length <= length; at++) {
            int i = 0;
            while (i < text.length && seen[at + i] == text[i]) i++;
            if (i == text.length) return at;
        }
        return -1;
    }

    private boolean lineIsOver() {
        for (int i = 0; i < length; i++) if (seen[i] == '\n' || i >= LINE) return true;
        return false;
    }
}
