package org.lb4j.client.okhttp;

import java.io.IOException;
import java.util.List;
import okhttp3.Interceptor;
import okhttp3.Response;
import org.lb4j.failover.Attempt;

/** OkHttp sends a request again, a POST too, that was answered by 503 with {@code Retry-After: 0}; not if it can not see it. */
final class RetryAfter {
    private static final String NAME = "Retry-After";
    private static final String HIDDEN = "lb4j-retry-after";

    private RetryAfter() {}

    /** Puts the header back. */
    static Response shown(Response response) {
        return renamed(response, HIDDEN, NAME);
    }

    private static Response renamed(Response response, String from, String to) {
        List<String> values = response.headers(from);
        if (values.isEmpty()) return response;
        Response.Builder renamed = response.newBuilder().removeHeader(from);
        for (String value : values) renamed.addHeader(to, value);
        return renamed.build();
    }

    /** Hides the header of balanced calls. */
    static final class Hide implements Interceptor {
        @Override
        public Response intercept(Chain chain) throws IOException {
            Response response = chain.proceed(chain.request());
            return chain.request().tag(Attempt.class) == null ? response : renamed(response, NAME, HIDDEN);
        }
    }
}
