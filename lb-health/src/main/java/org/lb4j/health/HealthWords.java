package org.lb4j.health;

import java.util.Locale;
import java.util.StringTokenizer;
import org.jspecify.annotations.Nullable;

/**
 * What a server says of itself, in the words of HAProxy's agent: {@code up}, {@code 75%}, {@code drain},
 * {@code maint # new disk}. The worst word counts; unknown ones are ignored.
 */
final class HealthWords {
    private static final int MAX = 256;

    private static final double DEGRADED = 0.25;

    private boolean any;
    private double weight = 1;
    private @Nullable String down;

    private HealthWords() {}

    /** As much of a text as is looked at, and one character more, so that a word cut in two is seen to be. */
    static CharSequence cut(CharSequence text) {
        return text.length() <= MAX ? text : text.subSequence(0, MAX + 1);
    }

    /** Null: it says nothing that is known here. */
    static @Nullable ProbeResult read(CharSequence text) {
        String line = firstLine(text);
        int hash = line.indexOf('#');
        HealthWords words = new HealthWords();
        StringTokenizer each = new StringTokenizer(hash < 0 ? line : line.substring(0, hash), " \t,");
        while (each.hasMoreTokens()) words.take(each.nextToken().toLowerCase(Locale.ROOT));
        return words.result(hash < 0 ? "" : line.substring(hash + 1).strip());
    }

    /** A word never makes a failing probe pass, but may make a passing one worse. */
    static ProbeResult worse(ProbeResult probe, @Nullable ProbeResult word) {
        if (word == null || probe.verdict() == Verdict.INCONCLUSIVE) return probe;
        if (probe.failed()) return word.failed() ? word : probe;
        int order = word.verdict().compareTo(probe.verdict());
        return order > 0 || order == 0 && word.weight() <= probe.weight() ? word : probe;
    }

    private static String firstLine(CharSequence text) {
        int end = 0;
        int limit = Math.min(text.length(), MAX);
        while (end < limit && text.charAt(end) != '\n' && text.charAt(end) != '\r') end++;
        String line = text.subSequence(0, end).toString();
        // A word that was cut in two might mean another one.
        boolean cut = end == MAX && text.length() > MAX && " \t,\r\n".indexOf(text.charAt(MAX)) < 0;
        return cut && line.indexOf('#') < 0 ? line.substring(0, lastSeparator(line)) : line;
    }

    private static int lastSeparator(String line) {
        return Math.max(0, Math.max(line.lastIndexOf(' '), Math.max(line.lastIndexOf('\t'), line.lastIndexOf(','))));
    }

    private void take(String word) {
        switch (word) {
            case "up", "ready" -> any = true;
            case "drain" -> atMost(0);
            case "degraded" -> atMost(DEGRADED);
            case "down", "fail", "stopped" -> down = down == null ? word : down;
            case "maint" -> down = word;
            default -> {
                int percent = percent(word.startsWith("weight:") ? word.substring("weight:".length()) : word);
                if (percent >= 0) atMost(percent / 100.0);
            }
        }
    }

    private void atMost(double share) {
        any = true;
        weight = Math.min(weight, share);
    }

    /** -1: no percentage from 0 to 100. A server can lower its weight, never raise it. */
    private static int percent(String word) {
        int digits = word.length() - 1;
        if (digits < 1 || digits > 3 || word.charAt(digits) != '%') return -1;
        int value = 0;
        for (int i = 0; i < digits; i++) {
            char c = word.charAt(i);
            if (c < '0' || c > '9') return -1;
            value = 10 * value + (c - '0');
        }
        return value <= 100 ? value : -1;
    }

    private @Nullable ProbeResult result(String comment) {
        String because = comment.isEmpty() ? "" : ": " + comment;
        // "maint" is on purpose, so panic leaves it alone.
        if (down != null)
            return new ProbeResult(Verdict.FAIL, Reason.TOLD, "maint".equals(down) ? 0 : 1, down + because);
        if (!any) return null;
        if (weight == 0) return new ProbeResult(Verdict.DRAIN, Reason.TOLD, 0, "drain" + because);
        if (weight < 1)
            return new ProbeResult(Verdict.DEGRADED, Reason.TOLD, weight, Math.round(100 * weight) + "%" + because);
        return new ProbeResult(Verdict.PASS, Reason.TOLD, 1, "up" + because);
    }
}
