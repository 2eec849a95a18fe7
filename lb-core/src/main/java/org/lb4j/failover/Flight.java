package org.lb4j.failover;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.lb4j.Handle;

/** One attempt under way: its stage, its timer, and who goes on when it lands. */
final class Flight<T extends @Nullable Object> {
    private static final int BOARDING = 0;
    private static final int LANDED = 1;
    private static final int FLYING = 2;

    private final AsyncRun<T> run;
    private final Attempt attempt;
    private final AtomicInteger phase = new AtomicInteger(BOARDING);
    private @Nullable T value; // written before phase or the callback that reads it
    private @Nullable Throwable thrown; // as above
    private volatile @Nullable CompletionStage<T> stage;
    private volatile @Nullable Handle timer;
    private volatile boolean expired;

    Flight(AsyncRun<T> run, Attempt attempt) {
        this.run = run;
        this.attempt = attempt;
    }

    /** True: it has landed already, and the caller goes on. False: whoever completes the stage does. */
    boolean begin() {
        attempt.flight(this::abort);
        CompletionStage<T> started;
        try {
            started = run.body().on(attempt);
        } catch (Throwable fault) {
            return failedToStart(fault);
        }
        if (started == null) return failedToStart(new NullPointerException("async call returned null"));
        stage = started;
        try {
            startTimer(started);
        } catch (RejectedExecutionException shutDown) {
            abort();
            return failedToStart(shutDown);
        }
        var unused = started.whenComplete(this::landed);
        if (run.isOver()) abort(); // the call may have ended before the stage was there to be cancelled
        return !phase.compareAndSet(BOARDING, FLYING);
    }

    private boolean failedToStart(Throwable fault) {
        attempt.localFault(fault);
        thrown = fault;
        return true;
    }

    private void startTimer(CompletionStage<T> started) {
        if (!attempt.limited() || started instanceof Future<?> future && future.isDone()) return;
        long left = attempt.nanosLeft(run.policy().now());
        timer = run.policy().timers().after(Math.max(0, left), this::expire);
    }

    private void landed(T value, @Nullable Throwable thrown) {
        this.value = value;
        this.thrown = thrown == null ? null : AsyncRun.unwrapped(thrown);
        if (!phase.compareAndSet(BOARDING, LANDED)) run.run(landed());
    }

    /** The next attempt, or null. */
    @Nullable
    @SuppressWarnings("NullAway") // the value of a stage that did not fail is a T, null or not
    Attempt landed() {
        closeTimer();
        Attempt instead = attempt.successor();
        if (instead != null) {
            if (thrown == null) run.drop(value);
            return instead;
        }
        Throwable failure = thrown;
        if (failure != null) return expired ? null : run.failed(attempt, failure);
        if (expired) run.drop(value);
        else run.brought(attempt, value);
        return null;
    }

    private void expire() {
        if (run.isOver()) return;
        expired = true; // before the stage is cancelled: that it then fails is our own doing
        TimeoutException late = attempt.late();
        abort();
        run.run(run.failed(attempt, late));
    }

    private void abort() {
        closeTimer();
        CompletionStage<T> running = stage;
        if (running instanceof Future<?> future) future.cancel(true);
        else if (running != null) cancelOther(running);
    }

    private void closeTimer() {
        Handle running = timer;
        if (running != null) running.close();
    }

    private void cancelOther(CompletionStage<T> running) {
        try {
            CompletableFuture<T> future = running.toCompletableFuture();
            future.cancel(true);
        } catch (UnsupportedOperationException notEvenThat) {
            // a stage that can not be cancelled runs on; its value is dropped
        }
    }
}
