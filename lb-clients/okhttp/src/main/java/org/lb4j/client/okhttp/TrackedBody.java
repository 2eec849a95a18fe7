package org.lb4j.client.okhttp;

import java.io.IOException;
import java.util.function.Consumer;
import okhttp3.MediaType;
import okhttp3.ResponseBody;
import okio.Buffer;
import okio.BufferedSource;
import okio.ForwardingSource;
import okio.Okio;
import okio.Source;
import org.jspecify.annotations.Nullable;
import org.lb4j.client.Delivery;

/** A response body whose end is the end of the call. */
final class TrackedBody extends ResponseBody {
    private final ResponseBody body;
    private final BufferedSource source;

    /**
     * @param whenBroken tells the delivery what a failed read means
     */
    TrackedBody(ResponseBody body, Delivery delivery, Consumer<IOException> whenBroken) {
        this.body = body;
        this.source = Okio.buffer(new Tracked(body.source(), delivery, whenBroken));
    }

    @Override
    public @Nullable MediaType contentType() {
        return body.contentType();
    }

    @Override
    public long contentLength() {
        return body.contentLength();
    }

    @Override
    public BufferedSource source() {
        return source;
    }

    private static final class Tracked extends ForwardingSource {
        private final Delivery delivery;
        private final Consumer<IOException> whenBroken;

        Tracked(Source source, Delivery delivery, Consumer<IOException> whenBroken) {
            super(source);
            this.delivery = delivery;
            this.whenBroken = whenBroken;
        }

        @Override
        public long read(Buffer sink, long byteCount) throws IOException {
            try {
                long read = super.read(sink, byteCount);
                if (read < 0) delivery.ended();
                return read;
            } catch (IOException broken) {
                whenBroken.accept(broken);
                throw broken;
            }
        }

        @Override
        public void close() throws IOException {
            delivery.ended(); // a reader who has enough; after the end it says nothing new
            super.close();
        }
    }
}
