package org.lb4j.client;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import org.lb4j.failover.Attempt;

/**
 * Where a request body is written to. Tells a body that breaks, which is no server's fault, from a connection that does. For
 * adapters of clients that write bodies themselves.
 *
 * <pre>{@code
 * WatchedOutput.write(attempt, out, to -> to.write(42));
 * }</pre>
 */
public final class WatchedOutput extends FilterOutputStream {
    private boolean broken;

    private WatchedOutput(OutputStream out) {
        super(out);
    }

    /** What the user has to send. */
    @FunctionalInterface
    public interface Body {
        /**
         * Writes it.
         *
         * @param out to there
         * @throws IOException if it can not be made, or not be written
         */
        void writeTo(OutputStream out) throws IOException;
    }

    /**
     * Writes a body, and says {@link Attempt#localFault} if it throws though nothing was wrong with what it writes to.
     *
     * @param attempt that sends it
     * @param to the way to the server
     * @param body the user's
     * @throws IOException what the body or the way threw
     */
    public static void write(Attempt attempt, OutputStream to, Body body) throws IOException {
        WatchedOutput out = new WatchedOutput(to);
        try {
            body.writeTo(out);
        } catch (IOException | RuntimeException | Error thrown) {
            if (!out.broken) attempt.localFault(thrown);
            throw thrown;
        }
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
