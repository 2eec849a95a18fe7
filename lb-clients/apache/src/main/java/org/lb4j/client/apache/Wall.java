package org.lb4j.client.apache;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.hc.client5.http.classic.ExecRuntime;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ConnectionRequestTimeoutException;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/**
 * What an attempt may take until its head is there, connecting and slow heads included: then its connection is thrown away,
 * which ends whatever waits for it. HttpClient's own timeouts bound each read by itself.
 */
final class Wall {
    private static final long AGAIN_MILLIS = 10; // it may have had no connection yet

    private final ReentrantLock lock =
            new ReentrantLock(); // so that the next attempt's connection is safe from this wall
    private final Timeout limit;
    private final ExecRuntime runtime;
    private CompletableFuture<Void> timer = new CompletableFuture<>();
    private boolean over;
    private volatile boolean late;

    private Wall(Timeout limit, ExecRuntime runtime) {
        this.limit = limit;
        this.runtime = runtime;
    }

    static Wall of(Timeout limit, ExecRuntime runtime) {
        Wall wall = new Wall(limit, runtime);
        wall.wake(limit.toMilliseconds());
        return wall;
    }

    /** What sends, and brings the head. */
    @FunctionalInterface
    interface Send {
        ClassicHttpResponse go() throws IOException, HttpException;
    }

    ClassicHttpResponse within(Send send) throws IOException, HttpException {
        ClassicHttpResponse response;
        try {
            response = send.go();
        } catch (ConnectionRequestTimeoutException ownPool) {
            throw ownPool;
        } catch (IOException | HttpException | RuntimeException thrown) {
            end();
            if (late) throw timeout(thrown);
            throw thrown;
        }
        end();
        if (!late) return response;
        response.close();
        throw timeout(null);
    }

    private SocketTimeoutException timeout(@Nullable Exception cause) {
        SocketTimeoutException timeout =
                new SocketTimeoutException("no answer within " + limit.toMilliseconds() + " ms");
        if (cause != null) timeout.initCause(cause);
        return timeout;
    }

    private void wake(long millis) {
        CompletableFuture<Void> next = new CompletableFuture<>();
        var unused = next.thenRunAsync(this::late);
        timer = next;
        next.completeOnTimeout(null, millis, TimeUnit.MILLISECONDS);
    }

    private void late() {
        lock.lock();
        try {
            if (over) return;
            late = true;
            runtime.discardEndpoint(); // D38
            wake(AGAIN_MILLIS);
        } finally {
            lock.unlock();
        }
    }

    /** Whether it threw anything away. */
    boolean hit() {
        return late;
    }

    /** From here on nothing is thrown away. */
    void end() {
        lock.lock();
        try {
            over = true;
            timer.cancel(false); // takes it out of the JDK's queue as well
        } finally {
            lock.unlock();
        }
    }
}
