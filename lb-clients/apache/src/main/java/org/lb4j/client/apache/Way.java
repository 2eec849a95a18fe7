package org.lb4j.client.apache;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URISyntaxException;
import org.apache.hc.client5.http.HttpRoute;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.URIScheme;
import org.apache.hc.core5.net.URIAuthority;
import org.jspecify.annotations.Nullable;
import org.lb4j.Server;
import org.lb4j.client.Service;

/** How a request gets to a server: the route, and what the request says of scheme and authority. */
record Way(HttpRoute route, String scheme, URIAuthority authority) {
    /**
     * A server with an IP address goes by the logical name in Host, in :authority and in TLS. Behind a proxy that forwards
     * plain requests it can not: the proxy goes where the authority says.
     *
     * @param logical the route to the logical host
     */
    static Way to(Server server, Service service, HttpRoute logical, HttpRequest request) throws IOException {
        HttpHost asked = logical.getTargetHost();
        String scheme = service.scheme(asked.getSchemeName(), server);
        boolean secure = URIScheme.HTTPS.same(scheme);
        boolean logicalName = Service.isByAddress(server) && (secure || logical.getProxyHost() == null);
        HttpHost node = node(scheme, server);
        URIAuthority authority = logicalName ? logicalName(service, asked, request) : ownName(server, secure);
        HttpHost inTls = logicalName ? new HttpHost(scheme, authority.getHostName(), server.port()) : null;
        return new Way(route(node, inTls, logical, secure), scheme, authority);
    }

    /** Where it connects to: the address itself, or a name for HttpClient's DnsResolver. */
    private static HttpHost node(String scheme, Server server) throws IOException {
        if (!Service.isByAddress(server)) return new HttpHost(scheme, server.host(), server.port());
        return new HttpHost(scheme, InetAddress.getByName(server.host()), server.host(), server.port());
    }

    private static HttpRoute route(HttpHost node, @Nullable HttpHost inTls, HttpRoute logical, boolean secure) {
        InetAddress local = logical.getLocalAddress();
        HttpHost proxy = logical.getProxyHost();
        return proxy == null
                ? new HttpRoute(node, inTls, local, secure)
                : new HttpRoute(node, inTls, local, proxy, secure);
    }

    private static URIAuthority logicalName(Service service, HttpHost asked, HttpRequest request) {
        String given = service.authority();
        if (given != null) return parsed(given);
        URIAuthority own = request.getAuthority();
        return own == null ? new URIAuthority(asked) : own;
    }

    private static URIAuthority ownName(Server server, boolean secure) {
        int usual = secure ? 443 : 80;
        return new URIAuthority(server.host(), server.port() == usual ? -1 : server.port());
    }

    private static URIAuthority parsed(String authority) {
        try {
            return URIAuthority.create(authority);
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException(e); // it was looked at when the service was built
        }
    }
}
