package org.lb4j.client.apache;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.apache.hc.core5.http.EntityDetails;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.RequestNotExecutedException;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.jspecify.annotations.Nullable;
import org.lb4j.failover.Attempt;

/**
 * What a balanced call leaves in its context: for the strategy, that repeating is not its business; for the last request
 * interceptor, whose head leaves. Hedged attempts share the context, so each is known by its own copy of the request.
 */
final class Watch {
    private static final String NAME = "lb4j.call";

    private final boolean bodyOnce;
    private final AtomicReference<@Nullable Leaving> last = new AtomicReference<>();

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
    static void head(HttpRequest request, @Nullable EntityDetails body, HttpContext context) throws IOException {
        Watch watch = of(context);
        if (watch != null) watch.leaving(request);
    }

    /**
     * An attempt's request is given to HttpClient.
     *
     * @param over whether it was given up since, so that it must not leave
     */
    void begin(HttpRequest request, Attempt attempt, BooleanSupplier over) {
        last.updateAndGet(before -> new Leaving(request, attempt, over, before));
    }

    private void leaving(HttpRequest request) throws IOException {
        Leaving known = find(each -> each.request == request);
        if (known != null) {
            known.leave(bodyOnce);
            return;
        }
        // A proxy is sent yet another copy: in doubt all have left that were not given up.
        boolean any = false;
        for (Leaving each = last.get(); each != null; each = each.before) {
            if (each.over.getAsBoolean()) continue;
            each.mark(bodyOnce);
            any = true;
        }
        if (!any) throw new RequestNotExecutedException();
    }

    /** False: the answer came from a cache. */
    boolean sent(Attempt attempt) {
        Leaving known = find(each -> each.attempt == attempt);
        return known != null && known.left;
    }

    private @Nullable Leaving find(Predicate<Leaving> sought) {
        Leaving each = last.get();
        while (each != null && !sought.test(each)) each = each.before;
        return each;
    }

    /** The request of one attempt. */
    private static final class Leaving {
        final HttpRequest request;
        final Attempt attempt;
        final BooleanSupplier over;
        final @Nullable Leaving before;
        volatile boolean left;

        Leaving(HttpRequest request, Attempt attempt, BooleanSupplier over, @Nullable Leaving before) {
            this.request = request;
            this.attempt = attempt;
            this.over = over;
            this.before = before;
        }

        void leave(boolean bodyOnce) throws IOException {
            if (over.getAsBoolean()) throw new RequestNotExecutedException();
            mark(bodyOnce);
        }

        void mark(boolean bodyOnce) {
            left = true;
            attempt.sent();
            if (bodyOnce) attempt.spent();
        }
    }
}
