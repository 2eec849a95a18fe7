package org.lb4j.sim;

import java.util.Locale;

/** Numbers for people, the same in every locale. */
final class Text {
    private Text() {}

    /** As short as it can be: 20, 0.5. */
    static String number(double value) {
        return value == StrictMath.rint(value) && Math.abs(value) < 1e9
                ? Long.toString((long) value)
                : Double.toString(value);
    }

    static String fixed(double value, int digits) {
        if (Double.isNaN(value)) return "-";
        return String.format(Locale.ROOT, "%." + digits + "f", value);
    }

    /** Milliseconds with three digits that say something. */
    static String ms(double nanos) {
        double ms = nanos / 1e6;
        return fixed(ms, ms >= 100 ? 0 : ms >= 10 ? 1 : 2);
    }

    static String percent(double share) {
        return fixed(share * 100, share >= 0.1 ? 1 : 2);
    }

    static String seconds(double nanos) {
        return Double.isNaN(nanos) ? "-" : fixed(nanos / 1e9, 1);
    }
}
