package org.lb4j.client;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.Consumer;

/**
 * A response body whose end is the end of the call. Counts, since before Java 25 HttpURLConnection lets a body that is cut
 * short end as if it were whole. For adapters.
 *
 * <pre>{@code
 * Delivery delivery = service.deliver(attempt, head);
 * try (InputStream body = new DeliveredStream(in, delivery, -1, delivery::broken)) {
 *     body.transferTo(out);
 * }
 * }</pre>
 */
public final class DeliveredStream extends FilterInputStream {
    private static final int SCRATCH = 4096;

    private final Delivery delivery;
    private final long promised;
    private final Consumer<IOException> whenBroken;
    private long read;

    /**
     * A stream that tells a delivery how it goes.
     *
     * @param body what to read
     * @param delivery whose
     * @param promised its length; -1: unknown
     * @param whenBroken tells the delivery what a failed read means
     */
    public DeliveredStream(InputStream body, Delivery delivery, long promised, Consumer<IOException> whenBroken) {
        super(body);
        this.delivery = delivery;
        this.promised = promised;
        this.whenBroken = whenBroken;
    }

    @Override
    public int read() throws IOException {
        try {
            int next = super.read();
            counted(next < 0 ? -1 : 1);
            return next;
        } catch (IOException broken) {
            whenBroken.accept(broken);
            throw broken;
        }
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        try {
            int count = super.read(into, offset, length);
            counted(count);
            return count;
        } catch (IOException broken) {
            whenBroken.accept(broken);
            throw broken;
        }
    }

    /** Reads, so that what is skipped is counted too. */
    @Override
    public long skip(long most) throws IOException {
        byte[] scratch = new byte[(int) Math.max(0, Math.min(SCRATCH, most))];
        long left = most;
        while (left > 0) {
            int count = read(scratch, 0, (int) Math.min(scratch.length, left));
            if (count < 0) break;
            left -= count;
        }
        return Math.max(0, most) - Math.max(0, left);
    }

    /** What is read twice would be counted twice. */
    @Override
    public boolean markSupported() {
        return false;
    }

    @Override
    @SuppressWarnings("UnsynchronizedOverridesSynchronized") // it does nothing
    public void mark(int readLimit) {
        // see markSupported
    }

    @Override
    @SuppressWarnings("UnsynchronizedOverridesSynchronized")
    public void reset() throws IOException {
        throw new IOException("mark/reset not supported");
    }

    @Override
    public void close() throws IOException {
        delivery.ended(); // a reader who has enough; after the end it says nothing new
        super.close();
    }

    private void counted(int count) {
        if (count >= 0) read += count;
        else if (read < promised) delivery.broken(false);
        else delivery.ended();
    }
}
