package org.lb4j;

import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The one permit of a server on trial. Taken by CAS, given back by the end of the call; a call that has not ended in time
 * loses it, so a lost callback can not wedge the server.
 */
final class TrialPermit implements Trial {
    private final PoolCore pool;
    private final Member member;
    private final long permitFor;
    private final AtomicReference<@Nullable Taken> taken = new AtomicReference<>();

    TrialPermit(PoolCore pool, Member member, long permitFor) {
        this.pool = pool;
        this.member = member;
        this.permitFor = permitFor;
    }

    boolean of(Member other) {
        return member == other;
    }

    boolean looksFree(long now) {
        return free(taken.get(), now);
    }

    /** Null: another call has it. */
    @Nullable
    Taken take(long now) {
        Taken holder = taken.get();
        if (!free(holder, now)) return null;
        Taken mine = new Taken(this, now);
        return taken.compareAndSet(holder, mine) ? mine : null;
    }

    private boolean free(@Nullable Taken holder, long now) {
        return holder == null || now - holder.at >= permitFor;
    }

    @Override
    public void close() {
        pool.endTrial(member, this);
    }

    /** A permit in somebody's hands. */
    static final class Taken {
        private final TrialPermit permit;
        private final long at;

        private Taken(TrialPermit permit, long at) {
            this.permit = permit;
            this.at = at;
        }

        Member member() {
            return permit.member;
        }

        /** No effect once another call has it. */
        void giveBack() {
            permit.taken.compareAndSet(this, null);
        }
    }
}
