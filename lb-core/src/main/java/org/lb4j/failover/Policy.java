package org.lb4j.failover;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.lb4j.Ticker;

/** What all calls and all copies of one {@link Failover} share: its budgets, clock, timers and counts. */
record Policy(
        Tally tally,
        Purse retries,
        @Nullable Hedging hedging,
        Timers timers,
        Ticker ticker,
        @Nullable FailoverListener listener,
        @Nullable Function<Throwable, @Nullable Failure> classifier) {
    long now() {
        return ticker.nanos();
    }

    /** What the user's classifier says; null: nothing. One that throws says nothing. */
    @Nullable
    Failure classify(@Nullable Throwable thrown) {
        if (classifier == null || thrown == null) return null;
        try {
            return classifier.apply(thrown);
        } catch (RuntimeException fault) {
            return null;
        }
    }

    void tell(FailoverEvent.Kind kind, Attempt attempt, @Nullable Failure failure, String why) {
        if (listener == null) return;
        try {
            listener.on(new FailoverEvent(kind, attempt.server(), attempt.number(), failure, why));
        } catch (RuntimeException ignored) {
            // a listener must not change how a call goes
        }
    }
}
