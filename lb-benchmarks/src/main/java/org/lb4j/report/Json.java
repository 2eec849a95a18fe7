package org.lb4j.report;

import java.util.Locale;

/**
 * Writes JSON, one member a line, in the order it is told: the same calls give the same bytes.
 *
 * <pre>{@code
 * String text = new Json().object().field("seed", 1).array("names").value("a").end().end().toString();
 * }</pre>
 */
public final class Json {
    private final StringBuilder text = new StringBuilder();
    private final StringBuilder closers = new StringBuilder();
    private boolean first = true;

    /**
     * Begins an object, as a value.
     *
     * @return this
     */
    public Json object() {
        return open("{", '}');
    }

    /**
     * Begins an object.
     *
     * @param name of the member
     * @return this
     */
    public Json object(String name) {
        name(name);
        return enter("{", '}');
    }

    /**
     * Begins an array.
     *
     * @param name of the member
     * @return this
     */
    public Json array(String name) {
        name(name);
        return enter("[", ']');
    }

    /**
     * Ends what was begun last.
     *
     * @return this
     */
    public Json end() {
        int last = closers.length() - 1;
        char closer = closers.charAt(last);
        closers.setLength(last);
        if (!first) newLine();
        text.append(closer);
        first = false;
        return this;
    }

    /**
     * A text.
     *
     * @param name of the member
     * @param value any text
     * @return this
     */
    public Json field(String name, String value) {
        name(name);
        text.append(quoted(value));
        return this;
    }

    /**
     * A number; null if it is none.
     *
     * @param name of the member
     * @param value any number
     * @return this
     */
    public Json field(String name, double value) {
        name(name);
        text.append(number(value));
        return this;
    }

    /**
     * A whole number.
     *
     * @param name of the member
     * @param value any number
     * @return this
     */
    public Json field(String name, long value) {
        name(name);
        text.append(value);
        return this;
    }

    /**
     * Many numbers, on one line.
     *
     * @param name of the member
     * @param values any numbers
     * @return this
     */
    public Json field(String name, double[] values) {
        name(name);
        text.append('[');
        for (int i = 0; i < values.length; i++) text.append(i == 0 ? "" : ",").append(number(values[i]));
        text.append(']');
        return this;
    }

    /**
     * A text in an array.
     *
     * @param value any text
     * @return this
     */
    public Json value(String value) {
        separate();
        text.append(quoted(value));
        return this;
    }

    private Json open(String opener, char closer) {
        separate();
        return enter(opener, closer);
    }

    private Json enter(String opener, char closer) {
        text.append(opener);
        closers.append(closer);
        first = true;
        return this;
    }

    private void name(String name) {
        separate();
        text.append(quoted(name)).append(": ");
    }

    private void separate() {
        if (closers.length() == 0) return;
        if (!first) text.append(',');
        first = false;
        newLine();
    }

    private void newLine() {
        text.append('\n').append("  ".repeat(closers.length()));
    }

    /** Six digits: what is beyond them is noise, and shorter to read. */
    private static String number(double value) {
        if (Double.isNaN(value) || Double.isInfinite(value)) return "null";
        return value == Math.rint(value) && Math.abs(value) < 1e15
                ? Long.toString((long) value)
                : String.format(Locale.ROOT, "%.6g", value);
    }

    private static String quoted(String value) {
        StringBuilder quoted = new StringBuilder("\"");
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '"' || c == '\\') quoted.append('\\').append(c);
            else if (c < ' ') quoted.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
            else quoted.append(c);
        }
        return quoted.append('"').toString();
    }

    @Override
    public String toString() {
        return text + "\n";
    }
}
