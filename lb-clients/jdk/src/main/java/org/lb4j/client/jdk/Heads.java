package org.lb4j.client.jdk;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.lb4j.client.RequestHead;
import org.lb4j.client.ResponseHead;
import org.lb4j.client.Service;
import org.lb4j.client.Services;
import org.lb4j.failover.Attempt;

/** The JDK's requests and responses as lb4j sees them, and as its callers do. */
final class Heads {
    private Heads() {}

    static RequestHead of(HttpRequest request) {
        return new RequestHead() {
            @Override
            public String method() {
                return request.method();
            }

            @Override
            public URI uri() {
                return request.uri();
            }

            @Override
            public @Nullable String header(String name) {
                return request.headers().firstValue(name).orElse(null);
            }
        };
    }

    static ResponseHead of(HttpResponse.ResponseInfo info) {
        return new ResponseHead() {
            @Override
            public int status() {
                return info.statusCode();
            }

            @Override
            public @Nullable String header(String name) {
                return info.headers().firstValue(name).orElse(null);
            }
        };
    }

    /** The same, with our word on who answered in place of anybody else's. */
    static HttpResponse.ResponseInfo marked(HttpResponse.ResponseInfo info, Service service, Attempt attempt) {
        HttpHeaders headers = marked(info.headers(), service, attempt);
        return new HttpResponse.ResponseInfo() {
            @Override
            public int statusCode() {
                return info.statusCode();
            }

            @Override
            public HttpHeaders headers() {
                return headers;
            }

            @Override
            public HttpClient.Version version() {
                return info.version();
            }
        };
    }

    static HttpHeaders marked(HttpHeaders headers, Service service, Attempt attempt) {
        Map<String, List<String>> marked = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        marked.putAll(headers.map());
        marked.remove(Services.SERVER_HEADER);
        marked.remove(Services.ATTEMPTS_HEADER);
        service.mark(attempt, (name, value) -> marked.put(name, List.of(value)));
        return HttpHeaders.of(marked, (name, value) -> true);
    }
}
