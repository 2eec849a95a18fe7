package org.lb4j.client.spring;

import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.lb4j.client.RequestHead;
import org.lb4j.client.ResponseHead;
import org.lb4j.client.Service;
import org.lb4j.client.Services;
import org.lb4j.failover.Attempt;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;

/**
 * Spring's requests and responses as lb4j sees them, and as its callers do. Of HttpHeaders only what 6.2 and 7.0 have in common:
 * in 7.0 it is no longer a map (D40).
 */
final class Heads {
    private Heads() {}

    static RequestHead of(HttpMethod method, URI uri, HttpHeaders headers) {
        return new RequestHead() {
            @Override
            public String method() {
                return method.name();
            }

            @Override
            public URI uri() {
                return uri;
            }

            @Override
            public @Nullable String header(String name) {
                return headers.getFirst(name);
            }
        };
    }

    static ResponseHead of(int status, HttpHeaders headers) {
        return new ResponseHead() {
            @Override
            public int status() {
                return status;
            }

            @Override
            public @Nullable String header(String name) {
                return headers.getFirst(name);
            }
        };
    }

    static void copy(HttpHeaders from, HttpHeaders to) {
        from.forEach((name, values) -> values.forEach(value -> to.add(name, value)));
    }

    /** A copy with our word on who answered in place of anybody else's. */
    static HttpHeaders marked(HttpHeaders headers, Service service, Attempt attempt) {
        HttpHeaders marked = new HttpHeaders();
        headers.forEach((name, values) -> {
            if (!isOurs(name)) values.forEach(value -> marked.add(name, value));
        });
        service.mark(attempt, marked::set);
        return marked;
    }

    private static boolean isOurs(String name) {
        return name.equalsIgnoreCase(Services.SERVER_HEADER) || name.equalsIgnoreCase(Services.ATTEMPTS_HEADER);
    }

    /** Whether no body follows, so that nobody can tell its end. */
    static boolean isAll(HttpMethod method, int status, HttpHeaders headers) {
        return method.equals(HttpMethod.HEAD) || status == 204 || status == 304 || headers.getContentLength() == 0;
    }
}
