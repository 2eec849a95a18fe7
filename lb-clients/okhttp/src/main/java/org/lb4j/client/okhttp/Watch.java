package org.lb4j.client.okhttp;

import java.io.IOException;
import okhttp3.Call;
import okhttp3.EventListener;
import okhttp3.RequestBody;
import org.jspecify.annotations.Nullable;
import org.lb4j.failover.Attempt;

/** Notes for the attempt under way that its head leaves: a connect timeout and a read timeout look the same otherwise. */
final class Watch extends EventListener {
    private final boolean bodyOnce;
    private final boolean duplex;
    private volatile @Nullable Attempt attempt;
    private volatile boolean writing;

    Watch(@Nullable RequestBody body) {
        this.duplex = body != null && body.isDuplex();
        this.bodyOnce = duplex || body != null && body.isOneShot();
    }

    void begin(Attempt next) {
        next.unsent();
        writing = false;
        attempt = next;
    }

    /** OkHttp's idle threads remember the call that they connected for last: with its attempt, no leak of that one would show. */
    void over() {
        attempt = null;
    }

    @Override
    public void requestHeadersStart(Call call) {
        Attempt running = attempt;
        if (running == null) return;
        running.sent();
        if (bodyOnce) running.spent();
    }

    @Override
    public void requestBodyStart(Call call) {
        writing = true;
    }

    @Override
    public void requestBodyEnd(Call call, long byteCount) {
        writing = false;
    }

    @Override
    public void requestFailed(Call call, IOException thrown) {
        writing = false;
    }

    /** Whether the body broke off by itself: a connection that breaks is told. One that is written elsewhere has no end here. */
    boolean bodyBroke() {
        return writing && !duplex;
    }
}
