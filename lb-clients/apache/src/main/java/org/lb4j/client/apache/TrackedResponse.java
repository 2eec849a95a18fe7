package org.lb4j.client.apache;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.function.BooleanSupplier;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.io.entity.HttpEntityWrapper;
import org.apache.hc.core5.http.message.HttpResponseWrapper;
import org.jspecify.annotations.Nullable;
import org.lb4j.client.DeliveredStream;
import org.lb4j.client.Delivery;

/** A response whose body's end, or whose own, is the end of the call. */
final class TrackedResponse extends HttpResponseWrapper implements ClassicHttpResponse {
    private final ClassicHttpResponse response;
    private final Delivery delivery;
    private final BooleanSupplier cancelled;
    private @Nullable HttpEntity entity;

    /**
     * @param cancelled whether the caller has left, which breaks the body too
     */
    TrackedResponse(ClassicHttpResponse response, HttpEntity body, Delivery delivery, BooleanSupplier cancelled) {
        super(response);
        this.response = response;
        this.delivery = delivery;
        this.cancelled = cancelled;
        this.entity = new TrackedEntity(body);
    }

    @Override
    public @Nullable HttpEntity getEntity() {
        return entity;
    }

    @Override
    public void setEntity(@Nullable HttpEntity entity) {
        this.entity = entity; // decompression wraps the tracked one
    }

    @Override
    public void close() throws IOException {
        delivery.ended(); // a reader who has enough; after the end it says nothing new
        response.close();
    }

    private final class TrackedEntity extends HttpEntityWrapper {
        TrackedEntity(HttpEntity body) {
            super(body);
        }

        @Override
        public InputStream getContent() throws IOException {
            return new DeliveredStream(super.getContent(), delivery, -1, TrackedResponse.this::broken);
        }

        /** By way of the stream, which tells a body that breaks from an output that does. */
        @Override
        public void writeTo(OutputStream out) throws IOException {
            try (InputStream in = getContent()) {
                in.transferTo(out);
            }
        }

        @Override
        public void close() throws IOException {
            delivery.ended();
            super.close();
        }
    }

    private void broken(IOException broken) {
        if (cancelled.getAsBoolean()) delivery.cancelled();
        else delivery.broken(broken);
    }
}
