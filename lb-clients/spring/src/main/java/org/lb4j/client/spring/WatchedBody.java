package org.lb4j.client.spring;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import org.lb4j.failover.Attempt;
import org.springframework.http.StreamingHttpOutputMessage;

/**
 * A request body that notes whether it was asked for, and what of it is our own fault.
 *
 * @param live whether it is written to the server, not to a buffer
 */
record WatchedBody(StreamingHttpOutputMessage.Body body, Attempt attempt, boolean live)
        implements StreamingHttpOutputMessage.Body {
    @Override
    public void writeTo(OutputStream to) throws IOException {
        if (live) attempt.sent();
        if (!body.repeatable()) attempt.spent();
        Noted out = new Noted(to);
        try {
            body.writeTo(out);
        } catch (IOException | RuntimeException | Error thrown) {
            if (!out.broken) attempt.localFault(thrown);
            throw thrown;
        }
    }

    @Override
    public boolean repeatable() {
        return body.repeatable();
    }

    /** Tells a body that breaks from a connection that does. */
    private static final class Noted extends FilterOutputStream {
        private boolean broken;

        Noted(OutputStream out) {
            super(out);
        }

        @Override
        public void write(int b) throws IOException {
            noted(() -> out.write(b));
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            noted(() -> out.write(bytes, offset, length));
        }

        @Override
        public void flush() throws IOException {
            noted(out::flush);
        }

        @Override
        public void close() throws IOException {
            noted(out::close);
        }

        private void noted(Step step) throws IOException {
            boolean well = false;
            try {
                step.run();
                well = true;
            } finally {
                broken |= !well;
            }
        }

        private interface Step {
            void run() throws IOException;
        }
    }
}
