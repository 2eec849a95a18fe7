package org.lb4j.client.feign;

import feign.Request;
import feign.Response;
import java.net.URI;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.lb4j.client.RequestHead;
import org.lb4j.client.ResponseHead;
import org.lb4j.client.Service;
import org.lb4j.client.Services;
import org.lb4j.failover.Attempt;

/** Feign's requests and responses as lb4j sees them, and as its callers do. */
final class Heads {
    private Heads() {}

    static RequestHead of(Request request) {
        URI uri = URI.create(request.url());
        return new RequestHead() {
            @Override
            public String method() {
                return request.httpMethod().name();
            }

            @Override
            public URI uri() {
                return uri;
            }

            @Override
            public @Nullable String header(String name) {
                return first(request.headers(), name);
            }
        };
    }

    static ResponseHead of(Response response) {
        return new ResponseHead() {
            @Override
            public int status() {
                return response.status();
            }

            @Override
            public @Nullable String header(String name) {
                return first(response.headers(), name);
            }
        };
    }

    private static @Nullable String first(Map<String, Collection<String>> headers, String name) {
        for (Map.Entry<String, Collection<String>> each : headers.entrySet())
            if (name.equalsIgnoreCase(each.getKey())) for (String value : each.getValue()) return value;
        return null;
    }

    /** The same, with our word on who answered in place of anybody else's. */
    static Map<String, Collection<String>> marked(Response response, Service service, Attempt attempt) {
        Map<String, Collection<String>> marked = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        marked.putAll(response.headers());
        marked.remove(Services.SERVER_HEADER);
        marked.remove(Services.ATTEMPTS_HEADER);
        service.mark(attempt, (name, value) -> marked.put(name, List.of(value)));
        return marked;
    }
}
