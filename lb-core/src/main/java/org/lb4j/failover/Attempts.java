package org.lb4j.failover;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;
import org.lb4j.Lease;
import org.lb4j.NoServerAvailableException;
import org.lb4j.Outcome;
import org.lb4j.SelectionContext;
import org.lb4j.Selector;

/**
 * The attempts of one call, one by one: for adapters, which have a loop of their own. {@link Failover#call} and
 * {@link Failover#callAsync} go through it too, so no rule exists twice.
 *
 * <pre>{@code
 * Attempts attempts = failover.attempts(users, SelectionContext.none(), Repeat.FREELY);
 * for (Attempt attempt = attempts.first(); attempt != null; ) {
 *     try {
 *         send(attempt.server());
 *         attempts.succeeded(attempt);
 *         break;
 *     } catch (IOException e) {
 *         attempt = attempts.after(attempt, attempt.failureOf(e), e);
 *         if (attempt == null) throw attempts.explained(e);
 *     }
 * }
 * }</pre>
 *
 * <p>Which servers were tried is known here and nowhere else, so concurrent calls do not hand each other's servers on.
 */
public final class Attempts {
    /* field   | read     | write | why that is enough
     * last    | volatile | CAS   | a chain of all attempts that only grows
     * running | volatile | CAS   | who takes it to 0 goes on, so of two hedged failures one does, and no hedge begins meanwhile
     * stop    | volatile | CAS   | once; who stops walks the chain after it, who begins looks at it after joining the chain
     * repeat  | volatile | plain | only ever to NEVER
     */
    private static final VarHandle LAST;
    private static final VarHandle RUNNING;
    private static final VarHandle STOP;

    static {
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            LAST = lookup.findVarHandle(Attempts.class, "last", Attempt.class);
            RUNNING = lookup.findVarHandle(Attempts.class, "running", int.class);
            STOP = lookup.findVarHandle(Attempts.class, "stop", Stop.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final Policy policy;
    private final Limits limits;
    private final Trail trail;
    private final long start;
    private volatile Repeat repeat;
    private volatile @Nullable Attempt last;
    private volatile int running;
    private volatile @Nullable Stop stop;

    Attempts(Policy policy, Limits limits, Selector selector, SelectionContext context, Repeat repeat) {
        this.policy = policy;
        this.limits = limits;
        this.trail = new Trail(selector, context, limits.untilAllTried());
        this.repeat = repeat;
        this.start = policy.now();
    }

    /**
     * Begins the call.
     *
     * @return its first attempt
     * @throws NoServerAvailableException if there is no server
     * @throws NoTimeLeftException if there is less than 1 ms left
     * @throws IllegalStateException if it has begun before
     */
    public Attempt first() {
        if (last != null) throw new IllegalStateException("first() must be called once");
        long left = limits.left(start, policy.now());
        if (left < Spans.MILLI) throw new NoTimeLeftException(left);
        Lease lease = trail.first();
        policy.tally().calls().increment();
        running = 1;
        Attempt first = begin(lease, start, false);
        if (first == null) throw new CancellationException("cancelled before the first attempt");
        return first;
    }

    /**
     * Ends a failed attempt, its lease by the table of {@link Failure} unless that was ended before, and picks the next
     * server if the call may go on.
     *
     * @param failed the attempt
     * @param failure what is known, see {@link Attempt#failureOf}
     * @param cause what was thrown; null: nothing, a status say
     * @return the next attempt; null: none now, either because the call {@link #isOver()} or because a hedge still runs
     */
    public @Nullable Attempt after(Attempt failed, Failure failure, @Nullable Throwable cause) {
        Diagnosis diagnosis = diagnose(failed, failure, cause);
        if (!failed.settle()) return null;
        long now = policy.now();
        failed.failed(diagnosis, cause, now);
        if ((int) RUNNING.getAndAdd(this, -1) > 1) return null; // the other one may still win
        return next(failed, diagnosis, now);
    }

    private @Nullable Attempt next(Attempt failed, Diagnosis diagnosis, long now) {
        Stop refused = refusal(failed, diagnosis, now);
        Lease lease = refused == null ? trail.next(last) : null;
        if (lease != null && pays(diagnosis, lease, now)) return repeated(failed, diagnosis, lease, now);
        if (refused == null) refused = lease == null ? Stop.SERVERS : Stop.BUDGET;
        if (STOP.compareAndSet(this, null, refused)) gaveUp(failed, diagnosis, refused);
        return null;
    }

    /** See {@link Attempt#instead}. While a hedge runs there is no other: what was answered is the result. */
    @Nullable
    Attempt instead(Attempt answered, Failure failure, Outcome outcome) {
        if (!RUNNING.compareAndSet(this, 1, 0)) return null; // from here on no hedge begins
        Attempt next = insteadOf(answered, failure, outcome);
        if (next == null) RUNNING.compareAndSet(this, 0, 1);
        return next;
    }

    private @Nullable Attempt insteadOf(Attempt answered, Failure failure, Outcome outcome) {
        Diagnosis diagnosis = diagnose(answered, failure, null);
        long now = policy.now();
        answered.answeredBadly(diagnosis, now);
        Stop refused = refusal(answered, diagnosis, now);
        Lease lease = refused == null ? trail.next(last) : null;
        boolean paid = lease != null && pays(diagnosis, lease, now);
        if (lease == null || !paid) {
            if (refused == null) refused = lease == null ? Stop.SERVERS : Stop.BUDGET;
            if (failure.repeatable(repeat)) gaveUp(answered, diagnosis, refused);
            return null;
        }
        Attempt next = repeated(answered, diagnosis, lease, now);
        answered.successor(next); // before it is settled: whoever then finds it settled finds who goes on
        if (answered.settle()) {
            answered.lease().end(outcome);
            return next;
        }
        answered.successor(null); // its time ran out meanwhile, and the call went on without this answer
        if (next != null) next.abandon(Outcome.CANCELLED);
        return null;
    }

    /** A token is taken once the next server is known; without one the lease is given back. */
    private boolean pays(Diagnosis diagnosis, Lease lease, long now) {
        if (diagnosis.free() || policy.retries().take(now)) return true;
        lease.end(Outcome.CANCELLED);
        return false;
    }

    private @Nullable Attempt repeated(Attempt failed, Diagnosis diagnosis, Lease lease, long now) {
        running = 1;
        Attempt next = begin(lease, now, false);
        if (next == null) return null;
        policy.tally().repeated(diagnosis.failure());
        policy.tell(FailoverEvent.Kind.REPEATED, next, diagnosis.failure(), "after " + failed.story());
        return next;
    }

    private @Nullable Stop refusal(Attempt failed, Diagnosis diagnosis, long now) {
        Stop known = stop;
        if (known != null) return known;
        if (!diagnosis.failure().repeatable(repeat)) return Stop.NOT_REPEATABLE;
        if (failed.number() >= limits.maxAttempts()) return Stop.ATTEMPTS;
        return limits.left(start, now) < Spans.MILLI ? Stop.TIME : null;
    }

    private void gaveUp(Attempt failed, Diagnosis diagnosis, Stop why) {
        policy.tally().stopped(why);
        policy.tell(FailoverEvent.Kind.GIVEN_UP, failed, diagnosis.failure(), why.text());
    }

    /**
     * Begins a second attempt beside the first one, if the policy hedges, the request may be sent twice, an untried server is
     * there, and budget and time are left.
     *
     * @return the second attempt; null: none
     */
    public @Nullable Attempt hedge() {
        Hedging hedging = policy.hedging();
        Attempt first = last;
        if (hedging == null || first == null || repeat != Repeat.FREELY) return null;
        if (stop != null || running != 1 || first.number() != 1 || limits.maxAttempts() < 2) return null;
        long now = policy.now();
        if (limits.left(start, now) < Math.max(Spans.MILLI, now - first.start())) return null;
        Lease lease = trail.untried(first);
        if (lease == null) return null;
        boolean mayRun = hedging.purse().take(now) && RUNNING.compareAndSet(this, 1, 2);
        if (!mayRun) {
            lease.end(Outcome.CANCELLED);
            return null;
        }
        Attempt second = begin(lease, now, true);
        if (second == null) return null;
        policy.tally().hedged();
        policy.tell(FailoverEvent.Kind.HEDGED, second, null, "beside " + first.story());
        return second;
    }

    /**
     * Ends an attempt that went well, and the call with it: its lease as SUCCESS unless it is kept, all others as CANCELLED.
     *
     * @param attempt the one that brought the result
     * @return false: the call was over before, and the result is to be dropped
     */
    public boolean succeeded(Attempt attempt) {
        if (!attempt.settle()) return false;
        if (!STOP.compareAndSet(this, null, Stop.WON)) {
            attempt.abandon(Outcome.CANCELLED);
            return false;
        }
        if (!attempt.kept()) attempt.lease().success();
        if (attempt.number() == 1 && last == attempt) return true;
        for (Attempt each = last; each != null; each = each.before())
            if (each != attempt) each.abandon(Outcome.CANCELLED);
        if (attempt.isHedge()) {
            policy.tally().hedgeWon();
            policy.tell(FailoverEvent.Kind.HEDGE_WON, attempt, null, "won by a hedge");
        }
        return true;
    }

    /** Ends the call: whatever runs is cancelled, its leases end as CANCELLED, and nothing else begins. */
    public void cancel() {
        stop(Outcome.CANCELLED);
    }

    /** Ends the call from outside, with a verdict for what still runs. */
    void stop(Outcome outcome) {
        if (!STOP.compareAndSet(this, null, Stop.CANCELLED)) return;
        for (Attempt each = last; each != null; each = each.before()) each.abandon(outcome);
    }

    /**
     * Whether the call has ended: won, cancelled or given up.
     *
     * @return true: no other attempt will begin
     */
    public boolean isOver() {
        return stop != null;
    }

    /** Whether it ended without a result. */
    boolean isLost() {
        Stop why = stop;
        return why != null && why != Stop.WON;
    }

    /**
     * Adds the story of a failed call to what its caller will see: a suppressed {@link FailedAttempts}.
     *
     * @param <X> its class
     * @param thrown the last attempt's exception
     * @return the same one
     */
    public <X extends Throwable> X explained(X thrown) {
        Stop why = stop;
        if (why != null && why != Stop.WON) FailedAttempts.tell(thrown, this, why);
        return thrown;
    }

    /** What is known of a failure, the surest knowledge first. */
    Diagnosis diagnose(Attempt attempt, @Nullable Failure verdict, @Nullable Throwable thrown) {
        Diagnosis shown = Diagnosis.of(thrown);
        if (stop == Stop.CANCELLED) return shown.as(Failure.CANCELLED);
        if (attempt.local()) return shown.as(Failure.LOCAL);
        Failure failure = verdict == null ? policy.classify(thrown) : verdict;
        if (failure == null) failure = shown.failure();
        boolean remote = failure != Failure.LOCAL && failure != Failure.CANCELLED;
        boolean refused = failure == Failure.NOT_PROCESSED; // by somebody who was reached, so may be asked again
        if (remote && !refused && attempt.knownUnsent()) failure = Failure.NEVER_SENT;
        if (failure == Failure.NEVER_SENT && attempt.wasSent()) failure = Failure.AMBIGUOUS;
        return shown.as(failure);
    }

    void spent() {
        repeat = Repeat.NEVER;
    }

    @Nullable
    Attempt last() {
        return last;
    }

    long now() {
        return policy.now();
    }

    /** Null: the call ended meanwhile, and the lease with it. */
    private @Nullable Attempt begin(Lease lease, long now, boolean hedge) {
        long limit = Math.min(limits.attemptTimeout(), limits.left(start, now));
        Attempt before;
        Attempt next;
        do {
            before = last;
            next = new Attempt(this, lease, now, limit, hedge, before);
        } while (!LAST.compareAndSet(this, before, next));
        if (stop == null) return next;
        next.abandon(Outcome.CANCELLED);
        return null;
    }
}
