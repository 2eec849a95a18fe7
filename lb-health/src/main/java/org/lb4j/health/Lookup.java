package org.lb4j.health;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** Turns a name into addresses; may block for as long as the resolver of the system does. */
@FunctionalInterface
interface Lookup {
    /** The JVM's, with its cache. */
    Lookup SYSTEM = InetAddress::getAllByName;

    /** At least one. */
    InetAddress[] of(String host) throws UnknownHostException;

    /** Whether it is an address already, so that nothing blocks. */
    static boolean isAddress(String host) {
        if (host.indexOf(':') >= 0) return true;
        for (int i = 0; i < host.length(); i++) {
            char c = host.charAt(i);
            if (c != '.' && (c < '0' || c > '9')) return false;
        }
        return true;
    }
}
