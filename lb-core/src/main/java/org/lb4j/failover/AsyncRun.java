package org.lb4j.failover;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.lb4j.Handle;
import org.lb4j.Outcome;

/**
 * One asynchronous call. The completion of its future is the only end: by a result, by the last failure, or by whoever else
 * completes it; all that still runs then is cancelled and its leases end.
 */
final class AsyncRun<T extends @Nullable Object> {
    private final Policy policy;
    private final Attempts attempts;
    private final AsyncCall<T> body;
    private final CallFuture<T> root = new CallFuture<>(null);
    private volatile @Nullable Handle hedgeTimer;

    AsyncRun(Policy policy, Attempts attempts, AsyncCall<T> body) {
        this.policy = policy;
        this.attempts = attempts;
        this.body = body;
    }

    CompletableFuture<T> start() {
        var unused = root.whenComplete((value, thrown) -> ended(thrown)); // before anybody else can see the future
        Attempt first;
        try {
            first = attempts.first();
        } catch (RuntimeException none) {
            root.completeExceptionally(none);
            return root;
        }
        hedgeLater();
        run(first);
        return root;
    }

    /** Takes attempts that end at once in a loop, so that no stack grows with their number. */
    void run(@Nullable Attempt attempt) {
        for (Attempt next = attempt; next != null; ) {
            Flight<T> flight = new Flight<>(this, next);
            next = flight.begin() ? flight.landed() : null;
        }
    }

    private void ended(@Nullable Throwable thrown) {
        closeHedgeTimer();
        attempts.stop(thrown instanceof TimeoutException ? Outcome.TIMEOUT : Outcome.CANCELLED);
    }

    private void hedgeLater() {
        Hedging hedging = policy.hedging();
        long delay = hedging == null ? 0 : delay(hedging);
        if (delay == 0) return;
        hedgeTimer = policy.timers().after(delay, () -> run(attempts.hedge()));
        if (attempts.isOver()) closeHedgeTimer();
    }

    /** A delay that can not be told is none: the call goes on without a hedge. */
    private static long delay(Hedging hedging) {
        try {
            return hedging.hedge().delayNanos();
        } catch (RuntimeException fault) {
            return 0;
        }
    }

    private void closeHedgeTimer() {
        Handle timer = hedgeTimer;
        if (timer != null) timer.close();
    }

    /** An attempt failed: the next one, or null. */
    @Nullable
    Attempt failed(Attempt attempt, Throwable thrown) {
        if (attempt.number() == 1) closeHedgeTimer();
        Attempt next = attempts.after(attempt, attempt.failureOf(thrown), thrown);
        // Not for one that lost against a hedge: its stage is cancelled before the winner's value is handed over.
        if (next == null && attempts.isLost() && !root.isDone()) root.completeExceptionally(attempts.explained(thrown));
        return next;
    }

    /** A value that comes after the end is dropped, and closed if that can be done. */
    void brought(Attempt attempt, T value) {
        if (attempts.succeeded(attempt) && root.complete(value)) return;
        attempt.lease().end(Outcome.CANCELLED); // a kept one too: nobody will read the stream
        drop(value);
    }

    void drop(T value) {
        if (value instanceof AutoCloseable late) close(late);
    }

    AsyncCall<T> body() {
        return body;
    }

    Policy policy() {
        return policy;
    }

    boolean isOver() {
        return attempts.isOver();
    }

    private static void close(AutoCloseable late) {
        try {
            late.close();
        } catch (Exception nobodyWaitsForIt) {
            // the caller has left
        }
    }

    static Throwable unwrapped(Throwable thrown) {
        Throwable inner = thrown;
        while (inner instanceof CompletionException || inner instanceof ExecutionException) {
            Throwable cause = inner.getCause();
            if (cause == null) return inner;
            inner = cause;
        }
        return inner;
    }
}
