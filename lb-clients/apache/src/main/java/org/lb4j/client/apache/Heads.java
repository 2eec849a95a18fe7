package org.lb4j.client.apache;

import java.net.URI;
import java.net.URISyntaxException;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.MessageHeaders;
import org.apache.hc.core5.http.message.BasicHttpRequest;
import org.jspecify.annotations.Nullable;
import org.lb4j.client.RequestHead;
import org.lb4j.client.ResponseHead;
import org.lb4j.client.Service;
import org.lb4j.client.Services;
import org.lb4j.failover.Attempt;

/** HttpClient's requests and responses as lb4j sees them, and as its callers do. */
final class Heads {
    private Heads() {}

    /** A request to a logical host, which an older HttpClient does not repeat in the request. */
    static RequestHead of(HttpRequest request, HttpHost host) {
        return new RequestHead() {
            @Override
            public String method() {
                return request.getMethod();
            }

            @Override
            public URI uri() {
                try {
                    return new BasicHttpRequest(request.getMethod(), host, request.getPath()).getUri();
                } catch (URISyntaxException e) {
                    throw new IllegalArgumentException(e);
                }
            }

            @Override
            public @Nullable String header(String name) {
                return first(request, name);
            }
        };
    }

    static ResponseHead of(HttpResponse response) {
        return new ResponseHead() {
            @Override
            public int status() {
                return response.getCode();
            }

            @Override
            public @Nullable String header(String name) {
                return first(response, name);
            }
        };
    }

    private static @Nullable String first(MessageHeaders headers, String name) {
        Header first = headers.getFirstHeader(name);
        return first == null ? null : first.getValue();
    }

    /** Puts our word on who answered in place of anybody else's. */
    static void mark(HttpResponse response, Service service, Attempt attempt) {
        response.removeHeaders(Services.SERVER_HEADER);
        response.removeHeaders(Services.ATTEMPTS_HEADER);
        service.mark(attempt, response::addHeader);
    }
}
