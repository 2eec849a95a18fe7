package org.lb4j.client.spring;

import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;
import org.lb4j.client.DeliveredStream;
import org.lb4j.client.Delivery;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.client.ClientHttpResponse;

/** A response whose end, or whose body's, is the end of the call. */
final class BalancedResponse implements ClientHttpResponse {
    private final ClientHttpResponse response;
    private final HttpHeaders headers;
    private final Delivery delivery;
    private final long promised;
    private @Nullable InputStream body;

    /**
     * @param promised the Content-Length; -1: unknown
     */
    BalancedResponse(ClientHttpResponse response, HttpHeaders headers, Delivery delivery, long promised) {
        this.response = response;
        this.headers = headers;
        this.delivery = delivery;
        this.promised = promised;
    }

    @Override
    public HttpStatusCode getStatusCode() throws IOException {
        return response.getStatusCode();
    }

    @Override
    public String getStatusText() throws IOException {
        return response.getStatusText();
    }

    @Override
    public HttpHeaders getHeaders() {
        return headers;
    }

    @Override
    public InputStream getBody() throws IOException {
        InputStream tracked = body;
        if (tracked == null) body = tracked = delivered(response.getBody());
        return tracked;
    }

    private InputStream delivered(InputStream in) {
        return new DeliveredStream(in, delivery, length(), delivery::broken);
    }

    @Override
    public void close() {
        delivery.ended(); // a reader who has enough; after the end it says nothing new
        response.close();
    }

    /** One that is unpacked on the way has another length, and says so or keeps its length to itself. */
    private long length() {
        return headers.getFirst(HttpHeaders.CONTENT_ENCODING) == null ? promised : -1;
    }
}
