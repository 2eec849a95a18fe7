package org.lb4j.sticky;

import org.jspecify.annotations.Nullable;
import org.lb4j.Hold;
import org.lb4j.Member;
import org.lb4j.SelectionContext;
import org.lb4j.ServerPool;

/** Says whether a session's server may serve it now, and who stands in for it. */
final class Judge {
    private final QuietPool pool;
    private final Policy policy;
    private final Watched<Homes> homes;

    Judge(ServerPool pool, Policy policy) {
        this.pool = new QuietPool(pool);
        this.policy = policy;
        this.homes = Watched.of(pool, Homes::of);
    }

    Policy policy() {
        return policy;
    }

    /** Null: it left, or the pool was closed. */
    @Nullable
    Member member(String serverId) {
        return pool.member(serverId);
    }

    Fitness fitness(@Nullable Member member) {
        if (member == null) return Fitness.GONE;
        if (held(member)) return Fitness.HELD;
        if (draining(member) && policy.drainedAfter(pool.nanos() - member.outSince())) return Fitness.DRAINED;
        return crowded(member) ? Fitness.CROWDED : Fitness.FIT;
    }

    /** Whether it should get no new sessions: drained, or of weight 0. */
    boolean draining(Member member) {
        return Hold.DRAIN.in(member.holds()) || member.weight() == 0;
    }

    /** Where a key is at home, however that server stands; null: there is nobody. */
    @Nullable
    Member home(long key) {
        return homes.now().home(key);
    }

    /** Who takes a key's calls: the first in its order that is free and not excluded; null: nobody. */
    @Nullable
    Member standIn(SelectionContext order) {
        return homes.now().first(order.keyHash(), member -> !order.excludes(member) && free(member));
    }

    /** Whether it may have sessions of others: it is neither held nor draining nor crowded. */
    boolean free(Member member) {
        return !held(member) && !draining(member) && !crowded(member);
    }

    /** The rules of {@code preferring}: DRAIN does not matter, ADMIN does, the others unless panic overrules them. */
    private boolean held(Member member) {
        int holds = member.holds();
        if (holds == 0) return false;
        if (Hold.ADMIN.in(holds)) return true;
        return (Hold.CHECK.in(holds) || Hold.OUTLIER.in(holds)) && !pool.panic();
    }

    private boolean crowded(Member member) {
        int calls = member.inFlight();
        if (policy.overload().slight(calls)) return false;
        double share = homes.now().share(member.server().id());
        return policy.overload().exceeded(calls, share, pool.inFlight());
    }
}
