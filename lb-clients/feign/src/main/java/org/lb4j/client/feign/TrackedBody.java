package org.lb4j.client.feign;

import feign.Response;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.Charset;
import org.lb4j.client.DeliveredStream;
import org.lb4j.client.Delivery;

/** A response body whose end is the end of the call. */
final class TrackedBody implements Response.Body {
    private final Response.Body body;
    private final Delivery delivery;
    private final long promised;

    /**
     * @param promised the Content-Length; -1: unknown
     */
    TrackedBody(Response.Body body, Delivery delivery, long promised) {
        this.body = body;
        this.delivery = delivery;
        this.promised = promised;
    }

    @Override
    public Integer length() {
        return body.length();
    }

    @Override
    public boolean isRepeatable() {
        return body.isRepeatable();
    }

    @Override
    public InputStream asInputStream() throws IOException {
        return new DeliveredStream(body.asInputStream(), delivery, promised, delivery::broken);
    }

    @Override
    public Reader asReader(Charset charset) throws IOException {
        return new InputStreamReader(asInputStream(), charset);
    }

    @Override
    public void close() throws IOException {
        delivery.ended(); // a reader who has enough; after the end it says nothing new
        body.close();
    }
}
