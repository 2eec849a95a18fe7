package org.lb4j.client.spring;

import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.locks.LockSupport;
import org.lb4j.client.Service;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.client.ClientHttpResponse;

/**
 * Reads a body that nobody wants, so that its connection can be used again; what is long or slow is dropped. Closing a response
 * reads all of it, however long that takes, so its body is closed instead.
 */
final class Drain {
    private static final long STEP = 1_000_000; // ns

    private Drain() {}

    static void drain(HttpMethod method, ClientHttpResponse response) throws IOException {
        try (InputStream body = response.getBody()) {
            HttpHeaders headers = response.getHeaders();
            boolean none = Heads.isAll(method, response.getStatusCode().value(), headers);
            long promised = none ? 0 : headers.getContentLength();
            long most = promised < 0 ? Service.MOST_DRAINED : Math.min(promised, Service.MOST_DRAINED);
            if (promised <= most) drain(body, most, promised >= 0);
        }
    }

    /** A read could wait for ever, and nothing would end it: what is there is read, and more awaited if it is known to come. */
    private static void drain(InputStream body, long most, boolean more) throws IOException {
        long begun = System.nanoTime();
        byte[] rest = new byte[4096];
        for (long left = most; left > 0; ) {
            if (body.available() > 0) {
                int count = body.read(rest, 0, (int) Math.min(rest.length, left));
                if (count < 0) return;
                left -= count;
            } else if (!more || System.nanoTime() - begun > Service.DRAIN_TIME.toNanos()) {
                return;
            } else {
                LockSupport.parkNanos(STEP);
            }
        }
    }
}
