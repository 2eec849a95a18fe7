package org.lb4j.client.apache;

import java.io.IOException;
import java.io.OutputStream;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.io.entity.HttpEntityWrapper;
import org.lb4j.client.WatchedOutput;
import org.lb4j.failover.Attempt;

/** A request body that blames itself if it breaks, not the server that it is sent to. */
final class WatchedEntity extends HttpEntityWrapper {
    private final Attempt attempt;

    WatchedEntity(HttpEntity body, Attempt attempt) {
        super(body);
        this.attempt = attempt;
    }

    @Override
    public void writeTo(OutputStream out) throws IOException {
        WatchedOutput.write(attempt, out, super::writeTo);
    }
}
