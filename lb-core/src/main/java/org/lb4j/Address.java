package org.lb4j;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Where a server listens, read from text such as {@code https://a.example} or {@code [2001:db8::7]:443}. */
record Address(@Nullable String scheme, String host, int port) {
    private static final int MAX_PORT = 65535;
    private static final int MAX_HOST = 255;

    /** Reads {@code [scheme://]host[:port][/]}. */
    static Address parse(String text) {
        if (text == null) throw new IllegalArgumentException("address must be given, was null");
        int mark = text.indexOf("://");
        String scheme = mark < 0 ? null : scheme(text, text.substring(0, mark));
        String rest = mark < 0 ? text : text.substring(mark + 3);
        if (rest.endsWith("/")) rest = rest.substring(0, rest.length() - 1);
        int colon = portColon(text, rest);
        String host = host(colon < 0 ? rest : rest.substring(0, colon), text);
        int port = colon < 0 ? defaultPort(scheme, text) : port(rest.substring(colon + 1), text);
        return new Address(scheme, host, port);
    }

    static Address of(String host, int port) {
        if (host == null) throw new IllegalArgumentException("host must be given, was null");
        return new Address(null, host(host, host), checkPort(port, ""));
    }

    /** An IPv6 literal has brackets in an address and none as a host. */
    String hostPort() {
        return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
    }

    private static String scheme(String text, String scheme) {
        for (int i = 0; i < scheme.length(); i++) {
            char c = scheme.charAt(i);
            boolean inside = i > 0 && (isDigit(c) || c == '+' || c == '-' || c == '.');
            if (!isLetter(c) && !inside) throw malformed("scheme must be letters and digits", text);
        }
        if (scheme.isEmpty()) throw malformed("scheme must not be empty", text);
        return scheme.toLowerCase(Locale.ROOT);
    }

    private static int portColon(String text, String rest) {
        if (rest.startsWith("[")) {
            int close = rest.indexOf(']');
            if (close < 0) throw malformed("IPv6 literal must end with ]", text);
            if (close == rest.length() - 1) return -1;
            if (rest.charAt(close + 1) != ':') throw malformed("after ] must come :port", text);
            return close + 1;
        }
        int colon = rest.indexOf(':');
        if (colon >= 0 && rest.indexOf(':', colon + 1) >= 0)
            throw malformed("IPv6 literal must stand in brackets, [2001:db8::7]:443", text);
        return colon;
    }

    private static String host(String raw, String text) {
        boolean bracketed = raw.startsWith("[") && raw.endsWith("]");
        String host = bracketed ? raw.substring(1, raw.length() - 1) : raw;
        if (host.isEmpty()) throw malformed("host must not be empty", text);
        if (host.length() > MAX_HOST) throw malformed("host must have at most " + MAX_HOST + " characters", text);
        boolean v6 = host.indexOf(':') >= 0;
        if (bracketed && !v6) throw malformed("only an IPv6 literal may stand in brackets", text);
        if (v6) checkIpv6(host, text);
        else checkName(host, text);
        return host.toLowerCase(Locale.ROOT);
    }

    private static void checkName(String host, String text) {
        for (int i = 0; i < host.length(); i++) {
            char c = host.charAt(i);
            if (!isLetter(c) && !isDigit(c) && c != '.' && c != '-' && c != '_')
                throw malformed("host must be letters, digits, '.', '-' and '_'", text);
        }
        if (host.startsWith(".") || host.contains("..")) throw malformed("host must not have an empty label", text);
        if (isDigit(host.charAt(host.length() - 1)) && looksLikeIpv4(host)) checkIpv4(host, text);
    }

    private static boolean looksLikeIpv4(String host) {
        for (int i = 0; i < host.length(); i++) if (!isDigit(host.charAt(i)) && host.charAt(i) != '.') return false;
        return host.indexOf('.') >= 0;
    }

    private static void checkIpv4(String host, String text) {
        int parts = 1, value = 0, digits = 0;
        for (int i = 0; i < host.length(); i++) {
            char c = host.charAt(i);
            if (c == '.') {
                parts++;
                value = digits = 0;
            } else {
                value = value * 10 + c - '0';
                if (++digits > 3 || value > 255) throw malformed("IPv4 parts must be in [0, 255]", text);
            }
        }
        if (parts != 4) throw malformed("IPv4 literal must have four parts", text);
    }

    /** Groups of one to four hex digits, at most one "::", perhaps an IPv4 tail, perhaps a %zone. */
    private static void checkIpv6(String host, String text) {
        int percent = host.indexOf('%');
        String address = percent < 0 ? host : host.substring(0, percent);
        if (percent >= 0) checkZone(host.substring(percent + 1), text);
        int gap = address.indexOf("::");
        if (gap >= 0 && address.indexOf("::", gap + 1) >= 0)
            throw malformed("IPv6 literal must have one :: at most", text);
        int groups = gap < 0
                ? groups(address, true, text)
                : groups(address.substring(0, gap), false, text) + groups(address.substring(gap + 2), true, text);
        if (gap < 0 ? groups != 8 : groups > 7) throw malformed("IPv6 literal must have eight groups", text);
    }

    private static int groups(String part, boolean last, String text) {
        if (part.isEmpty()) return 0;
        String[] groups = part.split(":", -1);
        for (int i = 0; i < groups.length; i++) {
            if (last && i == groups.length - 1 && groups[i].indexOf('.') >= 0) {
                if (!looksLikeIpv4(groups[i])) throw malformed("IPv6 literal must be hex digits and ':'", text);
                checkIpv4(groups[i], text);
                return groups.length + 1;
            }
            if (groups[i].isEmpty() || groups[i].length() > 4 || !isHex(groups[i]))
                throw malformed("IPv6 literal must have groups of one to four hex digits", text);
        }
        return groups.length;
    }

    private static void checkZone(String zone, String text) {
        if (zone.isEmpty()) throw malformed("IPv6 zone must not be empty", text);
        for (int i = 0; i < zone.length(); i++) {
            char c = zone.charAt(i);
            if (!isLetter(c) && !isDigit(c) && c != '.' && c != '-' && c != '_')
                throw malformed("IPv6 zone must be letters and digits", text);
        }
    }

    private static int port(String digits, String text) {
        boolean number = !digits.isEmpty() && digits.length() <= 9;
        for (int i = 0; number && i < digits.length(); i++) number = isDigit(digits.charAt(i));
        if (!number) throw malformed("port must be a number in [1, " + MAX_PORT + "]", text);
        return checkPort(Integer.parseInt(digits), " in \"" + text + "\"");
    }

    private static int checkPort(int port, String where) {
        if (port < 1 || port > MAX_PORT)
            throw new IllegalArgumentException("port must be in [1, " + MAX_PORT + "], was " + port + where);
        return port;
    }

    private static int defaultPort(@Nullable String scheme, String text) {
        if ("http".equals(scheme)) return 80;
        if ("https".equals(scheme)) return 443;
        throw malformed("port must be given (only http and https have one of their own)", text);
    }

    private static boolean isLetter(char c) {
        int lower = c | 0x20;
        return lower >= 'a' && lower <= 'z';
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static boolean isHex(String group) {
        // Not Character.digit, which knows the digits of all scripts.
        for (int i = 0; i < group.length(); i++)
            if ("0123456789abcdefABCDEF".indexOf(group.charAt(i)) < 0) return false;
        return true;
    }

    private static IllegalArgumentException malformed(String rule, String text) {
        return new IllegalArgumentException(rule + ", was \"" + printable(text) + "\"");
    }

    /** The text as it may be shown: no control characters, and not endless. */
    static String printable(String text) {
        StringBuilder shown = new StringBuilder();
        for (int i = 0; i < text.length() && i < 120; i++) {
            char c = text.charAt(i);
            if (Character.isISOControl(c)) shown.append(String.format("\\u%04x", (int) c));
            else shown.append(c);
        }
        return text.length() > 120 ? shown + "…" : shown.toString();
    }
}
