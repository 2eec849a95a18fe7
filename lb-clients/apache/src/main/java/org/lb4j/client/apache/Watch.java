package org.lb4j.client.apache;

import org.apache.hc.core5.http.EntityDetails;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.jspecify.annotations.Nullable;
import org.lb4j.failover.Attempt;

/**
 * What a balanced call leaves in its context: for the strategy, that repeating is not its business; for the last request
 * interceptor, which attempt it is whose head leaves.
 */
final class Watch {
    private static final String NAME = "lb4j.call";

    private final boolean bodyOnce;
    private volatile @Nullable Attempt
            attempt; // a hedge replaces the first one, and only what may be sent twice is hedged
    private volatile boolean sent;

    /**
     * @param bodyOnce whether the body can be written once only
     */
    Watch(boolean bodyOnce) {
        this.bodyOnce = bodyOnce;
    }

    static @Nullable Watch of(HttpContext context) {
        return (Watch) context.getAttribute(NAME);
    }

    static Watch begin(HttpContext context, boolean bodyOnce) {
        Watch watch = new Watch(bodyOnce);
        context.setAttribute(NAME, watch);
        context.removeAttribute(BalancedApache.SERVER_ATTRIBUTE);
        return watch;
    }

    /** Another host, perhaps by a redirect from a service. */
    static void leave(HttpContext context) {
        if (of(context) == null) return;
        context.removeAttribute(NAME);
        context.removeAttribute(BalancedApache.SERVER_ATTRIBUTE);
    }

    /** The last request interceptor: runs on an open connection, right before the head is written. */
    static void head(HttpRequest request, @Nullable EntityDetails body, HttpContext context) {
        Watch watch = of(context);
        if (watch != null) watch.leaving();
    }

    void begin(Attempt next) {
        next.unsent();
        attempt = next;
    }

    private void leaving() {
        sent = true;
        Attempt running = attempt;
        if (running == null) return;
        running.sent();
        if (bodyOnce) running.spent();
    }

    /** False: the answer came from a cache. */
    boolean sent() {
        return sent;
    }
}
