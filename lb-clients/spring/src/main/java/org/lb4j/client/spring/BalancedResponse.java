package org.lb4j.client.spring;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;
import org.lb4j.client.Delivery;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.client.ClientHttpResponse;

/**
 * A response whose end, or whose body's, is the end of the call. Counts, since before Java 25 HttpURLConnection lets a body
 * that is cut short end as if it were whole.
 */
final class BalancedResponse implements ClientHttpResponse {
    private final ClientHttpResponse response;
    private final HttpHeaders headers;
    private final Delivery delivery;
    private final long promised;
    private @Nullable InputStream body;

    /**
     * @param promised the Content-Length; -1: unknown
     */
    BalancedResponse(ClientHttpResponse response, HttpHeaders headers, Delivery delivery, long promised) {
        this.response = response;
        this.headers = headers;
        this.delivery = delivery;
        this.promised = promised;
    }

    @Override
    public HttpStatusCode getStatusCode() throws IOException {
        return response.getStatusCode();
    }

    @Override
    public String getStatusText() throws IOException {
        return response.getStatusText();
    }

    @Override
    public HttpHeaders getHeaders() {
        return headers;
    }

    @Override
    public InputStream getBody() throws IOException {
        InputStream tracked = body;
        if (tracked == null) body = tracked = new Tracked(response.getBody());
        return tracked;
    }

    @Override
    public void close() {
        delivery.ended(); // a reader who has enough; after the end it says nothing new
        response.close();
    }

    private final class Tracked extends FilterInputStream {
        private long read;

        Tracked(InputStream in) {
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

        /** One that is unpacked on the way has another length, and says so or keeps its length to itself. */
        private void counted(int count) {
            if (count >= 0) read += count;
            else if (read < promised && headers.getFirst(HttpHeaders.CONTENT_ENCODING) == null) delivery.broken(false);
            else delivery.ended();
        }

        private IOException told(IOException broken) {
            delivery.broken(Heads.isLate(broken));
            return broken;
        }
    }
}
