package org.lb4j.client.okhttp;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import okhttp3.Dns;

/**
 * Answers one address for one host, and asks on for any other. Equal by value: OkHttp pools connections by it, and without
 * that the pool would grow by a connection a call.
 */
record Node(String host, InetAddress address, Dns others) implements Dns {
    @Override
    public List<InetAddress> lookup(String hostname) throws UnknownHostException {
        return hostname.equals(host) ? List.of(address) : others.lookup(hostname);
    }
}
