package org.lb4j.client.apache;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.nio.DataStreamChannel;

/** Where a request body is produced to; tells a connection that breaks from a body that does. */
final class WatchedChannel implements DataStreamChannel {
    private final DataStreamChannel channel;
    private volatile boolean broken; // while it is used, and for ever if that throws

    WatchedChannel(DataStreamChannel channel) {
        this.channel = channel;
    }

    boolean broken() {
        return broken;
    }

    @Override
    public void requestOutput() {
        channel.requestOutput();
    }

    @Override
    public int write(ByteBuffer bytes) throws IOException {
        broken = true;
        int written = channel.write(bytes);
        broken = false;
        return written;
    }

    @Override
    public void endStream() throws IOException {
        broken = true;
        channel.endStream();
        broken = false;
    }

    @Override
    public void endStream(List<? extends Header> trailers) throws IOException {
        broken = true;
        channel.endStream(trailers);
        broken = false;
    }
}
