package org.lb4j.client.spring;

import java.io.IOException;
import java.io.OutputStream;
import org.lb4j.client.WatchedOutput;
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
        WatchedOutput.write(attempt, to, body::writeTo);
    }

    @Override
    public boolean repeatable() {
        return body.repeatable();
    }
}
