package org.lb4j.client.apache;

import java.io.IOException;
import org.apache.hc.client5.http.HttpRequestRetryStrategy;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.util.TimeValue;

/** HttpClient's own repeats: not of balanced calls, whose repeats are ours, but of all others as ever. */
record OtherHosts(HttpRequestRetryStrategy strategy) implements HttpRequestRetryStrategy {
    @Override
    public boolean retryRequest(HttpRequest request, IOException thrown, int times, HttpContext context) {
        return Watch.of(context) == null && strategy.retryRequest(request, thrown, times, context);
    }

    @Override
    public boolean retryRequest(HttpResponse response, int times, HttpContext context) {
        return Watch.of(context) == null && strategy.retryRequest(response, times, context);
    }

    @Override
    public TimeValue getRetryInterval(HttpRequest request, IOException thrown, int times, HttpContext context) {
        return strategy.getRetryInterval(request, thrown, times, context);
    }

    @Override
    public TimeValue getRetryInterval(HttpResponse response, int times, HttpContext context) {
        return strategy.getRetryInterval(response, times, context);
    }
}
