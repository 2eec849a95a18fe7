package org.lb4j.health;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Looks for texts in the beginning of a body, and for health words in its first line, however the packets are cut. */
final class BodyReader {
    /** One more than a line of health words may have, so that a word cut in two is seen to be. */
    private static final int LINE = 257;

    private final List<byte[]> texts;
    private final boolean words;
    private final ProbeResult soFar;
    private final int window;
    private final byte[] seen;
    private int length;
    private int found;
    private int from;

    /** @param soFar what status and headers say */
    BodyReader(List<byte[]> texts, int window, boolean words, ProbeResult soFar) {
        this.texts = texts;
        this.words = words;
        this.soFar = soFar;
        this.window = texts.isEmpty() ? 0 : window;
        this.seen = new byte[words ? Math.max(LINE, this.window) : this.window];
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
                    "expected text " + (found + 1) + " of " + texts.size() + " is not in the first " + looked()
                            + " bytes");
        if (!words) return soFar;
        String line = new String(seen, 0, Math.min(length, LINE), StandardCharsets.UTF_8);
        return HealthWords.worse(soFar, HealthWords.read(line));
    }

    private void search() {
        while (found < texts.size()) {
            byte[] text = texts.get(found);
            int at = indexOf(text);
            if (at < 0) {
                from = Math.max(from, looked() - text.length + 1); // what is before was looked at
                return;
            }
            from = at + text.length;
            found++;
        }
    }

    private int looked() {
        return Math.min(length, window);
    }

    private int indexOf(byte[] text) {
        for (int at = from; at + text.length <= looked(); at++) {
            int i = 0;
            while (i < text.length && seen[at + i] == text[i]) i++;
            if (i == text.length) return at;
        }
        return -1;
    }

    private boolean lineIsOver() {
        for (int i = 0; i < length; i++) if (seen[i] == '\n') return true;
        return length >= LINE;
    }
}
