package org.lb4j.client.okhttp;

import java.net.URI;
import okhttp3.Request;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;
import org.lb4j.client.RequestHead;
import org.lb4j.client.ResponseHead;

/** OkHttp's requests and responses as lb4j sees them. */
final class Heads {
    private Heads() {}

    static RequestHead of(Request request) {
        return new RequestHead() {
            @Override
            public String method() {
                return request.method();
            }

            @Override
            public URI uri() {
                return request.url().uri();
            }

            @Override
            public @Nullable String header(String name) {
                return request.header(name);
            }
        };
    }

    static ResponseHead of(Response response) {
        return new ResponseHead() {
            @Override
            public int status() {
                return response.code();
            }

            @Override
            public @Nullable String header(String name) {
                return response.header(name);
            }
        };
    }
}
