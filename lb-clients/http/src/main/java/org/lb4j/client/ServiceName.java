package org.lb4j.client;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The names of services, and how a URI is matched with them. */
final class ServiceName {
    private ServiceName() {}

    /** The name in lower case, if java.net.URI takes it for a host, perhaps with a port. */
    static String checked(String name) {
        int mark = name.indexOf("://");
        if (mark >= 0)
            throw new IllegalArgumentException(
                    "service name is a host name, not a URL, was \"" + name + "\": write " + name.substring(mark + 3));
        String lower = name.toLowerCase(Locale.ROOT);
        if (isHost(lower)) return lower;
        String mended = lower.replace('_', '-');
        throw new IllegalArgumentException("service name must be a host name that java.net.URI accepts, was \"" + name
                + "\"" + (isHost(mended) ? ": write " + mended : ""));
    }

    private static boolean isHost(String name) {
        try {
            URI uri = new URI("http://" + name + "/");
            boolean whole = uri.getHost() != null && name.equals(uri.getRawAuthority()) && uri.getUserInfo() == null;
            return whole && uri.getPath().equals("/");
        } catch (URISyntaxException e) {
            return false;
        }
    }

    /** What a URI's authority is called: without user-info, in lower case, without its scheme's own port; null: nothing. */
    static @Nullable String of(URI uri) {
        String scheme = uri.getScheme();
        String host = uri.getHost();
        return scheme == null || host == null ? null : of(scheme, host, uri.getPort());
    }

    static @Nullable String of(String scheme, String host, int port) {
        int own = ownPort(scheme);
        if (own < 0) return null; // no server of ours speaks that
        String name = host.toLowerCase(Locale.ROOT); // itself, if it is
        return port == -1 || port == own ? name : name + ":" + port;
    }

    private static int ownPort(String scheme) {
        return switch (scheme.toLowerCase(Locale.ROOT)) {
            case "http", "ws" -> 80;
            case "https", "wss" -> 443;
            default -> -1;
        };
    }
}
