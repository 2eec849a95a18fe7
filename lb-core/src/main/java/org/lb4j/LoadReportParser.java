package org.lb4j;

/**
 * Reads the text form of a load report: {@code TEXT name=value, name:value, named_metrics.x=0.4}. All or nothing: an
 * unknown or repeated name, or a value that is no finite number, spoils the whole report. Linear, bounded, no regex.
 */
final class LoadReportParser {
    private static final int MAX_LENGTH = 4096;
    private static final int MAX_NUMBER = 40;
    private static final String FORM = "TEXT";
    private static final String NAMED = "named_metrics.";

    double cpu = Double.NaN;
    double application = Double.NaN;
    double memory = Double.NaN;
    double rate = Double.NaN;
    double errors;
    private boolean errorsGiven;
    private java.util.@org.jspecify.annotations.Nullable Set<String> named;

    /** False: not to be believed, not even in part. */
    boolean parse(CharSequence text) {
        if (text == null || text.length() > MAX_LENGTH || !begins(text)) return false;
        int from = FORM.length() + 1;
        while (from <= text.length()) {
            int to = from;
            while (to < text.length() && text.charAt(to) != ',') to++;
            if (!pair(text, from, to)) return false;
            from = to + 1;
        }
        return true;
    }

    private static boolean begins(CharSequence text) {
        if (text.length() <= FORM.length() || text.charAt(FORM.length()) != ' ') return false;
        for (int i = 0; i < FORM.length(); i++) if (text.charAt(i) != FORM.charAt(i)) return false;
        return true;
    }

    private boolean pair(CharSequence text, int from, int to) {
        int mark = from;
        while (mark < to && text.charAt(mark) != '=' && text.charAt(mark) != ':') mark++;
        if (mark == to) return false;
        String name = text.subSequence(from, mark).toString().strip();
        double value = number(text.subSequence(mark + 1, to).toString().strip());
        return !Double.isNaN(value) && take(name, value);
    }

    private boolean take(String name, double value) {
        switch (name) {
            case "cpu_utilization":
                if (!Double.isNaN(cpu)) return false;
                cpu = value;
                return true;
            case "application_utilization":
                if (!Double.isNaN(application)) return false;
                application = value;
                return true;
            case "mem_utilization":
                if (!Double.isNaN(memory)) return false;
                memory = value;
                return true;
            case "rps_fractional":
                if (!Double.isNaN(rate)) return false;
                rate = value;
                return true;
            case "eps":
                if (errorsGiven) return false;
                errorsGiven = true;
                errors = value;
                return true;
            default:
                return name.startsWith(NAMED) && name.length() > NAMED.length() && takeNamed(name);
        }
    }

    /** The user's own metrics are only checked: nothing here reads them. */
    private boolean takeNamed(String name) {
        if (named == null) named = new java.util.HashSet<>();
        return named.add(name);
    }

    /** NaN: no finite number. Digits, sign, point and exponent only, since Double.parseDouble also takes "0x1p3" and "1d". */
    private static double number(String text) {
        if (text.isEmpty() || text.length() > MAX_NUMBER) return Double.NaN;
        for (int i = 0; i < text.length(); i++) if ("0123456789+-.eE".indexOf(text.charAt(i)) < 0) return Double.NaN;
        try {
            double value = Double.parseDouble(text);
            return Double.isInfinite(value) ? Double.NaN : value;
        } catch (NumberFormatException e) {
            return Double.NaN;
        }
    }
}
