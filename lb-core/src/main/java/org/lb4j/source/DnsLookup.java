package org.lb4j.source;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import org.lb4j.Server;

/** All addresses of a name, by the JDK's resolver. */
record DnsLookup(Server named) implements Callable<Collection<Server>> {
    @Override
    public Collection<Server> call() throws UnknownHostException {
        List<Server> servers = new ArrayList<>();
        for (InetAddress address : InetAddress.getAllByName(named.host())) servers.add(at(address));
        servers.sort(
                Comparator.comparing(Server::id)); // name servers turn the order; the list has not changed for that
        return servers;
    }

    private Server at(InetAddress address) {
        String ip = address instanceof Inet6Address ? "[" + address.getHostAddress() + "]" : address.getHostAddress();
        String scheme = named.scheme() == null ? "" : named.scheme() + "://";
        return Server.of(scheme + ip + ":" + named.port());
    }
}
