package org.lb4j.client.feign;

import feign.Response;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.net.SocketTimeoutException;
import java.nio.charset.Charset;
import org.lb4j.client.Delivery;

/**
 * A response body whose end is the end of the call. Counts, since before Java 25 HttpURLConnection lets a body that is cut
 * short end as if it were whole.
 */
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
        return new Counted(body.asInputStream());
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

    private final class Counted extends FilterInputStream {
        private long read;

        Counted(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            try {
                int next = super.read();
                counted(next < 0 ? -1 : 1);
                return next;
            } catch (IOException broken) {
                throw told(broken);
            }
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            try {
                int count = super.read(into, offset, length);
                counted(count);
                return count;
            } catch (IOException broken) {
                throw told(broken);
            }
        }

        @Override
        public void close() throws IOException {
            delivery.ended();
            super.close();
        }

        private void counted(int count) {
            if (count >= 0) read += count;
            else if (read < promised) delivery.broken(false);
            else delivery.ended();
        }

        private IOException told(IOException broken) {
            delivery.broken(broken instanceof SocketTimeoutException);
            return broken;
        }
    }
}
