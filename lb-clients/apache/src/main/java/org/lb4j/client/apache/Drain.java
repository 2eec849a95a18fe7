package org.lb4j.client.apache;

import java.io.IOException;
import java.io.InputStream;
import org.apache.hc.client5.http.classic.ExecRuntime;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.util.Timeout;
import org.lb4j.client.Service;

/** Reads a body that nobody wants, so that its connection can be used again; what is long or slow is dropped. */
final class Drain {
    static final Timeout PATIENCE = Timeout.of(Service.DRAIN_TIME);

    private Drain() {}

    static void drain(ClassicHttpResponse response, ExecRuntime runtime) {
        HttpEntity body = response.getEntity();
        Wall wall = Wall.of(PATIENCE, runtime);
        boolean whole = false;
        try {
            whole = body == null || read(body);
        } finally {
            wall.end();
            if (!whole || wall.hit()) runtime.discardEndpoint();
        }
    }

    private static boolean read(HttpEntity body) {
        if (body.getContentLength() > Service.MOST_DRAINED) return false;
        byte[] rest = new byte[4096];
        try {
            InputStream in = body.getContent();
            int all = 0;
            for (int count = in.read(rest); count >= 0 && all <= Service.MOST_DRAINED; count = in.read(rest))
                all += count;
            return all <= Service.MOST_DRAINED;
        } catch (IOException broken) {
            return false;
        }
    }
}
