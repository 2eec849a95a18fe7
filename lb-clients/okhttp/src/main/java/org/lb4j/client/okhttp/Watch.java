package org.lb4j.client.okhttp;

import okhttp3.Call;
import okhttp3.EventListener;
import org.jspecify.annotations.Nullable;
import org.lb4j.failover.Attempt;

/** Notes for the attempt under way that its head leaves: a connect timeout and a read timeout look the same otherwise. */
final class Watch extends EventListener {
    private final boolean bodyOnce;
    private volatile @Nullable Attempt attempt;

    /**
     * @param bodyOnce whether the body can be written once only
     */
    Watch(boolean bodyOnce) {
        this.bodyOnce = bodyOnce;
    }

    void begin(Attempt next) {
        next.unsent();
        attempt = next;
    }

    @Override
    public void requestHeadersStart(Call call) {
        Attempt running = attempt;
        if (running == null) return;
        running.sent();
        if (bodyOnce) running.spent();
    }
}
