package org.lb4j.client.apache;

import java.io.IOException;
import java.util.Set;
import org.apache.hc.core5.http.nio.AsyncEntityProducer;
import org.apache.hc.core5.http.nio.DataStreamChannel;
import org.jspecify.annotations.Nullable;
import org.lb4j.failover.Attempt;

/**
 * A request body, which is one for all attempts and has a position. It belongs to one attempt at a time: what an attempt that
 * was given up still writes does not move it.
 */
final class SharedBody {
    private final AsyncEntityProducer producer;
    private @Nullable Part owner;

    SharedBody(AsyncEntityProducer producer) {
        this.producer = producer;
    }

    /** From the start, for the next attempt; not for a hedge, beside which the first one still writes. */
    synchronized Part next(Attempt attempt) {
        Part before = owner;
        if (before != null && !before.over)
            throw new IllegalStateException("a request with a body is not hedged: there is one body, and it is in use");
        if (before != null) producer.releaseResources();
        Part next = new Part(attempt);
        owner = next;
        return next;
    }

    /** The body as one attempt has it. */
    final class Part implements AsyncEntityProducer {
        private final Attempt attempt;
        private boolean over; // guarded by the shared body

        private Part(Attempt attempt) {
            this.attempt = attempt;
        }

        void over() {
            synchronized (SharedBody.this) {
                over = true;
            }
        }

        private boolean owns() {
            return owner == this && !over;
        }

        @Override
        public boolean isRepeatable() {
            return producer.isRepeatable();
        }

        @Override
        public int available() {
            synchronized (SharedBody.this) {
                return owns() ? producer.available() : 0;
            }
        }

        @Override
        public void produce(DataStreamChannel channel) throws IOException {
            synchronized (SharedBody.this) {
                if (!owns()) throw new IOException("the attempt is over");
                WatchedChannel watched = new WatchedChannel(channel);
                try {
                    producer.produce(watched);
                } catch (IOException | RuntimeException | Error thrown) {
                    if (!watched.broken()) attempt.localFault(thrown);
                    throw thrown;
                }
            }
        }

        @Override
        public void failed(Exception cause) {
            synchronized (SharedBody.this) {
                if (owns()) producer.failed(cause);
            }
        }

        @Override
        public void releaseResources() {
            synchronized (SharedBody.this) {
                if (owns()) producer.releaseResources();
            }
        }

        @Override
        public long getContentLength() {
            return producer.getContentLength();
        }

        @Override
        public String getContentType() {
            return producer.getContentType();
        }

        @Override
        public String getContentEncoding() {
            return producer.getContentEncoding();
        }

        @Override
        public boolean isChunked() {
            return producer.isChunked();
        }

        @Override
        public Set<String> getTrailerNames() {
            return producer.getTrailerNames();
        }
    }
}
