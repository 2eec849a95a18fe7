package org.lb4j.report;

import java.util.List;
import java.util.Locale;

/** Numbers and tables for people, the same in every locale. */
public final class Text {
    private Text() {}

    /**
     * A setting.
     *
     * @param value any number
     * @return as short as it can be: 20, 0.5
     */
    public static String number(double value) {
        boolean whole = value == Math.rint(value) && Math.abs(value) < 1e9;
        return whole ? Long.toString((long) value) : Double.toString(value);
    }

    /**
     * A measured figure.
     *
     * @param value any number
     * @param digits after the point
     * @return the number; "-" if there is none
     */
    public static String fixed(double value, int digits) {
        return Double.isNaN(value) ? "-" : String.format(Locale.ROOT, "%." + digits + "f", value);
    }

    /**
     * A time, with about three digits.
     *
     * @param nanos the time
     * @return in milliseconds
     */
    public static String ms(double nanos) {
        double ms = nanos / 1e6;
        return fixed(ms, ms >= 100 ? 0 : ms >= 10 ? 1 : 2);
    }

    /**
     * A time.
     *
     * @param nanos the time; NaN: none
     * @return in seconds
     */
    public static String seconds(double nanos) {
        return fixed(nanos / 1e9, 1);
    }

    /**
     * A ratio, with about three digits.
     *
     * @param ratio how many times
     * @return the number
     */
    public static String times(double ratio) {
        return fixed(ratio, ratio >= 10 ? 0 : 2);
    }

    /**
     * A share.
     *
     * @param share in [0, 1]
     * @return in per cent, without the sign
     */
    public static String percent(double share) {
        return fixed(share * 100, share >= 0.1 ? 1 : 2);
    }

    /**
     * A table in Markdown; the first column is text, the others are numbers.
     *
     * @param head one cell a column
     * @param rows the same number of cells each
     * @return with a line break at the end of each line
     */
    public static String table(List<String> head, List<List<String>> rows) {
        StringBuilder text = new StringBuilder();
        line(text, head);
        text.append("|---|").append("---:|".repeat(head.size() - 1)).append('\n');
        for (List<String> row : rows) line(text, row);
        return text.toString();
    }

    private static void line(StringBuilder text, List<String> cells) {
        text.append("| ").append(String.join(" | ", cells)).append(" |\n");
    }
}
