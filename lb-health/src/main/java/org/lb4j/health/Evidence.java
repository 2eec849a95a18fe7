package org.lb4j.health;

import org.jspecify.annotations.Nullable;

/** Makes text that came from a server fit to be logged: one line, short, without control characters. */
final class Evidence {
    private static final int MAX = 80;

    private Evidence() {}

    static String clean(@Nullable String text) {
        if (text == null) return "";
        StringBuilder clean = new StringBuilder(Math.min(text.length(), MAX));
        for (int i = 0; i < text.length() && clean.length() < MAX; i++) {
            char c = text.charAt(i);
            if (!harmful(c)) clean.append(c);
        }
        return clean.toString();
    }

    /** What a thrown thing has to say. */
    static String of(Throwable thrown) {
        String name = thrown.getClass().getSimpleName();
        return clean(thrown.getMessage() == null ? name : name + ": " + thrown.getMessage());
    }

    /** Control characters, and those that turn the direction of text or break its line. */
    private static boolean harmful(char c) {
        return Character.isISOControl(c)
                || Character.getType(c) == Character.FORMAT
                || Character.getType(c) == Character.LINE_SEPARATOR
                || Character.getType(c) == Character.PARAGRAPH_SEPARATOR
                || Character.isSurrogate(c);
    }
}
