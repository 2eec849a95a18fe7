package org.lb4j.failover;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.lb4j.Call;
import org.lb4j.SelectionContext;
import org.lb4j.Selector;
import org.lb4j.Ticker;

/**
 * What to do when a call fails: the next, different server, as long as the request may be repeated, attempts and time are
 * left, and a budget agrees, so that retries never make an outage worse. Immutable; make one a service and keep it, since its
 * budget counts the calls of that service.
 *
 * <pre>{@code
 * Failover failover = Failover.builder().maxAttempts(3).timeout(Duration.ofSeconds(1)).build();
 * String user = failover.call(users, SelectionContext.none(), Repeat.FREELY,
 *         attempt -> get(attempt.server().resolve("/users/42")));
 *
 * Failover all = Failover.builder().untilAllTried().build();             // each server once, until one answers
 * String body = all.call(users, server -> get(server.resolve("/")));     // repeated only if it was surely not processed
 * }</pre>
 *
 * <p>Attempts follow at once: another server is not the one that is busy. Waiting, backoff, circuit breakers and fallback values
 * are left to others, above this.
 */
public final class Failover {
    private final Limits limits;
    private final Policy policy;

    private Failover(Limits limits, Policy policy) {
        this.limits = limits;
        this.policy = policy;
    }

    /**
     * Three attempts, no timeout, repeats for one call in five and ten a second.
     *
     * @return a new one, with a budget of its own
     */
    public static Failover defaults() {
        return builder().build();
    }

    /**
     * One attempt, with the same bookkeeping.
     *
     * @return a new one
     */
    public static Failover none() {
        return builder().maxAttempts(1).build();
    }

    /**
     * Begins one with settings.
     *
     * @return its builder
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Calls a server, and another one if it is sure that the first did not process the call.
     *
     * @param <T> what the call returns
     * @param <X> what it may throw
     * @param selector picks the servers
     * @param body the call
     * @return what the body returned
     * @throws X what the body threw at last
     */
    public <T extends @Nullable Object, X extends Exception> T call(Selector selector, Call<T, X> body) throws X {
        return call(selector, SelectionContext.none(), Repeat.IF_NOT_PROCESSED, attempt -> body.on(attempt.server()));
    }

    /**
     * Calls a server, and others as the request allows. Runs on this thread; the body honours {@link Attempt#timeLeft()} by
     * itself, since nobody else could end it.
     *
     * @param <T> what the call returns
     * @param <X> what it may throw
     * @param selector picks the servers
     * @param context what this call wants; servers that were tried are excluded from it
     * @param repeat what may be repeated of this request
     * @param body one attempt
     * @return what the body returned
     * @throws X what the last attempt threw, with a suppressed {@link FailedAttempts}
     */
    public <T extends @Nullable Object, X extends Exception> T call(
            Selector selector, SelectionContext context, Repeat repeat, AttemptCall<T, X> body) throws X {
        Attempts attempts = attempts(selector, context, repeat);
        Attempt attempt = attempts.first();
        while (true) {
            try {
                T result = body.on(attempt);
                attempts.succeeded(attempt);
                return result;
            } catch (Throwable thrown) {
                Attempt next = attempts.after(attempt, attempt.failureOf(thrown), thrown);
                if (next == null) {
                    attempts.explained(thrown);
                    throw thrown;
                }
                attempt = next;
            }
        }
    }

    /**
     * Calls a server without waiting, and others as the request allows.
     *
     * <p>The completion of the future is the only end of the call: {@code cancel} on it, on a copy or on anything derived from
     * it, {@code complete}, {@code orTimeout} and the like end whatever still runs, and give its count back.
     *
     * @param <T> what the call brings
     * @param selector picks the servers
     * @param context what this call wants; servers that were tried are excluded from it
     * @param repeat what may be repeated of this request
     * @param body one attempt
     * @return the result, or what the last attempt failed with
     */
    public <T extends @Nullable Object> CompletableFuture<T> callAsync(
            Selector selector, SelectionContext context, Repeat repeat, AsyncCall<T> body) {
        return new AsyncRun<>(policy, attempts(selector, context, repeat), body).start();
    }

    /**
     * The same steps one by one, for adapters and callbacks.
     *
     * @param selector picks the servers
     * @param context what this call wants
     * @param repeat what may be repeated of this request
     * @return the attempts of one call
     */
    public Attempts attempts(Selector selector, SelectionContext context, Repeat repeat) {
        return new Attempts(policy, limits, selector, context, repeat);
    }

    /**
     * A copy for one call whose caller has only so much time left; budgets and counts are shared.
     *
     * @param timeLeft the caller's; the smaller of it and this one's timeout holds
     * @return the copy
     */
    public Failover within(Duration timeLeft) {
        return new Failover(limits.within(timeLeft), policy);
    }

    /**
     * Whether it hedges, which needs an asynchronous client.
     *
     * @return true if {@link Builder#hedge} was given
     */
    public boolean hedges() {
        return policy.hedging() != null;
    }

    /**
     * What it has done so far, its copies included.
     *
     * @return counts since it was built
     */
    public Stats stats() {
        return policy.tally().stats();
    }

    /**
     * What a {@link Failover} has done.
     *
     * @param calls calls that had a server
     * @param attempts sends: calls, repeats and hedges
     * @param repeats attempts that followed a failure, by that failure
     * @param refusedByBudget calls that ended since the budget was empty
     * @param refusedByTime calls that ended since no time was left
     * @param refusedByNoServer calls that ended since no other server was left
     * @param hedges second attempts beside a slow one
     * @param hedgesWon those that answered first
     */
    public record Stats(
            long calls,
            long attempts,
            Map<Failure, Long> repeats,
            long refusedByBudget,
            long refusedByTime,
            long refusedByNoServer,
            long hedges,
            long hedgesWon) {
        /** Copies what may be written. */
        public Stats {
            repeats = Map.copyOf(repeats);
        }
    }

    /** Builds a {@link Failover}. */
    public static final class Builder {
        private Limits limits = Limits.DEFAULTS;
        private Budget budget = Budget.of(0.2, 10);
        private @Nullable Hedge hedge;
        private Timers timers = Timers.ofTheJdk();
        private Ticker ticker = Ticker.system();
        private @Nullable FailoverListener listener;
        private @Nullable Function<Throwable, @Nullable Failure> classifier;

        private Builder() {}

        /**
         * Sets how many servers may be tried for one call, the first included.
         *
         * @param most in [1, 1000]; default 3
         * @return this
         * @throws IllegalArgumentException if it is outside
         */
        public Builder maxAttempts(int most) {
            limits = limits.withMaxAttempts(most);
            return this;
        }

        /**
         * Tries until each eligible server was tried once, however many there are; replaces {@link #maxAttempts}.
         *
         * @return this
         */
        public Builder untilAllTried() {
            limits = limits.withUntilAllTried();
            return this;
        }

        /**
         * Sets one wall for the whole call; none unless given.
         *
         * @param most at least 1 ms
         * @return this
         * @throws IllegalArgumentException if it is shorter
         */
        public Builder timeout(Duration most) {
            limits = limits.withTimeout(most);
            return this;
        }

        /**
         * Sets what one attempt may take; none unless given.
         *
         * @param most at least 1 ms, at most the timeout
         * @return this
         * @throws IllegalArgumentException if it is shorter
         */
        public Builder attemptTimeout(Duration most) {
            limits = limits.withAttemptTimeout(most);
            return this;
        }

        /**
         * Sets how many repeats the service may get.
         *
         * @param budget default {@code Budget.of(0.2, 10)}
         * @return this
         */
        public Builder budget(Budget budget) {
            this.budget = given("budget", budget);
            return this;
        }

        /**
         * Sends a second attempt beside a slow one; only in the asynchronous form and for {@link Repeat#FREELY}.
         *
         * @param hedge when
         * @return this
         */
        public Builder hedge(Hedge hedge) {
            this.hedge = given("hedge", hedge);
            return this;
        }

        /**
         * Sets who keeps the time of asynchronous attempts; the JDK's own delay thread unless given.
         *
         * @param scheduler runs short tasks that do not block; should remove cancelled ones
         * @return this
         */
        public Builder scheduler(ScheduledExecutorService scheduler) {
            return timers(Timers.of(given("scheduler", scheduler)));
        }

        Builder timers(Timers timers) {
            this.timers = timers;
            return this;
        }

        /**
         * Sets the clock.
         *
         * @param ticker monotonic
         * @return this
         */
        public Builder ticker(Ticker ticker) {
            this.ticker = given("ticker", ticker);
            return this;
        }

        /**
         * Watches repeats, hedges and what is given up.
         *
         * @param listener told of each
         * @return this
         */
        public Builder listener(FailoverListener listener) {
            this.listener = given("listener", listener);
            return this;
        }

        /**
         * Says what an exception means, before {@link Failure#of} is asked.
         *
         * @param classifier null from it: no opinion
         * @return this
         */
        public Builder classifier(Function<Throwable, @Nullable Failure> classifier) {
            this.classifier = given("classifier", classifier);
            return this;
        }

        /**
         * Builds it.
         *
         * @return the policy
         * @throws IllegalArgumentException if {@code attemptTimeout} is longer than {@code timeout}
         */
        public Failover build() {
            Tally tally = new Tally();
            Hedging hedging = hedge == null ? null : new Hedging(hedge, new Purse(hedge.budget(), tally.calls()));
            Purse retries = new Purse(budget, tally.calls());
            return new Failover(
                    limits.consistent(), new Policy(tally, retries, hedging, timers, ticker, listener, classifier));
        }

        private static <T> T given(String what, @Nullable T value) {
            if (value == null) throw new IllegalArgumentException(what + " must be given, was null");
            return value;
        }
    }
}
