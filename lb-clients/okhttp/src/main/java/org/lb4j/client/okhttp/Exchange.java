package org.lb4j.client.okhttp;

import java.io.IOException;
import java.net.InetAddress;
import java.util.concurrent.TimeUnit;
import okhttp3.HttpUrl;
import okhttp3.Interceptor;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.ResponseBody;
import org.lb4j.Outcome;
import org.lb4j.Server;
import org.lb4j.client.Delivery;
import org.lb4j.client.ResponseHead;
import org.lb4j.client.Service;
import org.lb4j.client.Services;
import org.lb4j.client.WaitingCall;
import org.lb4j.failover.Attempt;
import org.lb4j.failover.Attempts;
import org.lb4j.failover.Failure;

/** One balanced call. */
final class Exchange implements WaitingCall<Response, IOException> {
    private final Interceptor.Chain chain;
    private final Service service;
    private final Watch watch;
    private final Request request;
    private final Attempts attempts;
    private final long begun = System.nanoTime();

    Exchange(Interceptor.Chain chain, Service service, Watch watch) {
        this.chain = chain;
        this.service = service;
        this.watch = watch;
        this.request = chain.request();
        this.attempts = service.attempts(Heads.of(request));
    }

    Response run() throws IOException {
        try {
            return service.call(attempts, this);
        } finally {
            watch.over();
        }
    }

    @Override
    public ResponseHead head(Response response) {
        return Heads.of(response);
    }

    /** Reads what little is left, so that the connection can be used again. */
    @Override
    public void drop(Response response) {
        response.close();
    }

    /** A cancelled call fails in many ways; OkHttp's call timeout cancels it, too. */
    @Override
    public Failure failure(Attempt attempt, Throwable thrown) {
        if (watch.bodyBroke()) attempt.localFault(thrown);
        if (!chain.call().isCanceled()) return attempt.failureOf(thrown);
        attempt.lease().end(timedOut() ? Outcome.TIMEOUT : Outcome.CANCELLED);
        return Failure.CANCELLED;
    }

    private void broken(Delivery delivery, IOException thrown) {
        if (!chain.call().isCanceled()) delivery.broken(thrown);
        else if (timedOut()) delivery.broken(true);
        else delivery.cancelled();
    }

    /** OkHttp says "timeout" above us only, so the clock must tell; a cancel in the last tenth is taken for it. */
    private boolean timedOut() {
        long limit = chain.call().timeout().timeoutNanos();
        return limit > 0 && System.nanoTime() - begun >= limit - limit / 10;
    }

    @Override
    public Response send(Attempt attempt) throws IOException {
        watch.begin(attempt);
        Server server = attempt.server();
        boolean byAddress = Service.isByAddress(server);
        HttpUrl.Builder url = request.url().newBuilder();
        try {
            url.scheme(service.scheme(request.url().uri(), server)).port(server.port());
        } catch (IOException downgrade) {
            attempt.localFault(downgrade);
            throw downgrade;
        }
        Interceptor.Chain once = chain.withRetryOnConnectionFailure(false);
        if (byAddress) {
            String host = service.authority() == null ? request.url().host() : service.authority();
            url.host(host);
            once = once.withDns(new Node(host, InetAddress.getByName(server.host()), chain.getDns()));
        } else {
            url.host(server.host());
        }
        Request sent = request.newBuilder()
                .url(url.build())
                .tag(Server.class, server)
                .tag(Attempt.class, attempt)
                .build();
        return RetryAfter.shown(limited(once, attempt).proceed(sent));
    }

    private static Interceptor.Chain limited(Interceptor.Chain chain, Attempt attempt) {
        if (!attempt.limited()) return chain;
        int left = (int) Math.min(Integer.MAX_VALUE, attempt.timeLeft().toMillis());
        return chain.withConnectTimeout(least(chain.connectTimeoutMillis(), left), TimeUnit.MILLISECONDS)
                .withReadTimeout(least(chain.readTimeoutMillis(), left), TimeUnit.MILLISECONDS);
    }

    /** 0 is no timeout. */
    private static int least(int own, int left) {
        return own == 0 ? left : Math.min(own, left);
    }

    @Override
    public Response deliver(Attempt attempt, Response response) {
        ResponseHead head = Heads.of(response);
        Delivery delivery = service.deliver(attempt, head);
        if (!attempts.succeeded(attempt)) delivery.cancelled();
        Response.Builder own = response.newBuilder()
                .request(
                        request.newBuilder().tag(Server.class, attempt.server()).build())
                .removeHeader(Services.SERVER_HEADER)
                .removeHeader(Services.ATTEMPTS_HEADER);
        service.mark(attempt, own::header);
        if (response.networkResponse() == null) delivery.cancelled(); // from the cache: no server has seen it
        ResponseBody body = response.body();
        boolean open = response.code() == 101; // a socket from here on, which nobody tells the end of
        if (open || body.contentLength() == 0) delivery.ended();
        return open
                ? own.build()
                : own.body(new TrackedBody(body, delivery, thrown -> broken(delivery, thrown)))
                        .build();
    }
}
