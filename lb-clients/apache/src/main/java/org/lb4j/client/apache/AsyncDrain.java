package org.lb4j.client.apache;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.nio.AsyncDataConsumer;
import org.apache.hc.core5.http.nio.CapacityChannel;
import org.lb4j.client.Service;

/**
 * Reads a body that nobody wants, so that its connection can be used again. What is longer than 64 KiB is dropped here, what is
 * slow by {@link Sending}.
 */
final class AsyncDrain implements AsyncDataConsumer {
    private long read;

    @Override
    public void updateCapacity(CapacityChannel channel) throws IOException {
        channel.update(Integer.MAX_VALUE);
    }

    @Override
    public void consume(ByteBuffer bytes) throws IOException {
        read += bytes.remaining();
        bytes.position(bytes.limit());
        if (read > Service.MOST_DRAINED)
            throw new IOException("a body that nobody wants is longer than " + Service.MOST_DRAINED);
    }

    @Override
    public void streamEnd(List<? extends Header> trailers) {
        // the connection is free
    }

    @Override
    public void releaseResources() {
        // there are none
    }
}
