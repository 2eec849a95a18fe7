package org.lb4j.health;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.util.ArrayList;
import java.util.List;
import org.lb4j.Server;

/**
 * What an HTTP probe sends.
 *
 * @param port 0: that of the server
 * @param headers name, value, name, value ...
 */
record HttpRequestPlan(String method, String path, int port, List<String> headers) {
    HttpRequestPlan {
        if (path == null || !path.startsWith("/"))
            throw new IllegalArgumentException("path must begin with /, was " + path);
        if (port < 0 || port > 65535) throw new IllegalArgumentException("port must be in [1, 65535], was " + port);
        headers = List.copyOf(headers);
        URI.create("http://localhost" + path); // a bad one is told here, not at the first probe
    }

    HttpRequestPlan withPort(int port) {
        if (port == 0) throw new IllegalArgumentException("port must be in [1, 65535], was 0");
        return new HttpRequestPlan(method, path, port, headers);
    }

    HttpRequestPlan withHeader(String name, String value) {
        HttpRequest.newBuilder(URI.create("http://localhost"))
                .header(name, value); // refuses what is no header, or reserved
        List<String> more = new ArrayList<>(headers);
        more.add(name);
        more.add(value);
        return new HttpRequestPlan(method, path, port, more);
    }

    HttpRequest request(Server server) {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri(server))
                .version(HttpClient.Version.HTTP_1_1)
                .method(method, HttpRequest.BodyPublishers.noBody());
        for (int i = 0; i < headers.size(); i += 2) request.header(headers.get(i), headers.get(i + 1));
        return request.build();
    }

    private URI uri(Server server) {
        if (port == 0) return server.resolve(path);
        String scheme = server.scheme() == null ? "http" : server.scheme();
        String host = server.host().indexOf(':') >= 0 ? "[" + server.host() + "]" : server.host();
        return URI.create(scheme + "://" + host + ":" + port + path);
    }
}
