package org.lb4j.client.apache;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.nio.AsyncDataConsumer;
import org.apache.hc.core5.http.nio.CapacityChannel;
import org.lb4j.client.Delivery;

/** The caller's consumer of a body, whose end is the end of the call. */
record TrackedConsumer(AsyncDataConsumer consumer, Delivery delivery) implements AsyncDataConsumer {
    @Override
    public void updateCapacity(CapacityChannel channel) throws IOException {
        try {
            consumer.updateCapacity(channel);
        } catch (IOException | RuntimeException ours) {
            delivery.cancelled();
            throw ours;
        }
    }

    @Override
    public void consume(ByteBuffer bytes) throws IOException {
        try {
            consumer.consume(bytes);
        } catch (IOException | RuntimeException ours) {
            delivery.cancelled(); // no server's fault
            throw ours;
        }
    }

    @Override
    public void streamEnd(List<? extends Header> trailers) throws HttpException, IOException {
        delivery.ended(); // first, so that whoever waits for the result finds the call ended
        consumer.streamEnd(trailers);
    }

    /** Says nothing of the end: it comes before {@code failed}. */
    @Override
    public void releaseResources() {
        consumer.releaseResources();
    }
}
