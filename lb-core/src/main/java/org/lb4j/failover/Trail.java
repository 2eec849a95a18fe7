package org.lb4j.failover;

import org.jspecify.annotations.Nullable;
import org.lb4j.Lease;
import org.lb4j.NoServerAvailableException;
import org.lb4j.Outcome;
import org.lb4j.SelectionContext;
import org.lb4j.Selector;

/**
 * Which server comes next: one that this call has not tried. When all were, one that at least answered may be asked again;
 * one that could not be reached is not.
 */
final class Trail {
    private final Selector selector;
    private final SelectionContext context;
    private final boolean onceEach;

    Trail(Selector selector, SelectionContext context, boolean onceEach) {
        this.selector = selector;
        this.context = context;
        this.onceEach = onceEach;
    }

    Lease first() {
        return selector.acquire(context);
    }

    /** Null: nobody is left. */
    @Nullable
    Lease next(@Nullable Attempt last) {
        SelectionContext others = context;
        SelectionContext reached = context;
        for (Attempt each = last; each != null; each = each.before()) {
            if (!atHome(each)) others = others.excluding(each.server());
            if (each.failure() == Failure.NEVER_SENT) reached = reached.excluding(each.server());
        }
        Lease lease = acquire(others);
        if (lease != null) {
            Attempt tried = attemptOn(lease, last);
            if (tried == null || atHome(tried)) return lease;
            lease.end(Outcome.CANCELLED);
        }
        return onceEach ? null : reachable(acquire(reached), last);
    }

    /** For a hedge: never one that was tried. */
    @Nullable
    Lease untried(Attempt tried) {
        Lease lease = acquire(context.excluding(tried.server()));
        if (lease == null || attemptOn(lease, tried) == null) return lease;
        lease.end(Outcome.CANCELLED);
        return null;
    }

    /** A session lives where the context prefers it to: an answer, good or bad, does not drive it away. */
    private boolean atHome(Attempt attempt) {
        return !onceEach && attempt.failure() == Failure.ANSWERED && context.prefers(attempt.server());
    }

    private static @Nullable Lease reachable(@Nullable Lease lease, @Nullable Attempt last) {
        if (lease == null) return null;
        for (Attempt each = last; each != null; each = each.before()) {
            boolean same = each.server().id().equals(lease.server().id());
            if (!same || each.failure() != Failure.NEVER_SENT) continue;
            lease.end(Outcome.CANCELLED);
            return null;
        }
        return lease;
    }

    private static @Nullable Attempt attemptOn(Lease lease, @Nullable Attempt last) {
        for (Attempt each = last; each != null; each = each.before())
            if (each.server().id().equals(lease.server().id())) return each;
        return null;
    }

    /** Null: none. A pool that was closed meanwhile has none either: the call ends with the failure it has. */
    private @Nullable Lease acquire(SelectionContext wish) {
        try {
            return selector.acquire(wish);
        } catch (NoServerAvailableException | IllegalStateException none) {
            return null;
        }
    }
}
