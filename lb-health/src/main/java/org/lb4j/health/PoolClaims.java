package org.lb4j.health;

import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.function.Supplier;
import org.lb4j.Member;
import org.lb4j.ServerPool;

/** Who works on which pool: two checkers of one server would set and clear one hold in turns. */
final class PoolClaims {
    private final String who;
    private final Set<ServerPool> claimed = Collections.newSetFromMap(new WeakHashMap<>()); // guarded by this

    PoolClaims(String who) {
        this.who = who;
    }

    /** Claims the pool for what is started, unless that fails. */
    <T> T claim(ServerPool pool, Supplier<T> started) {
        claim(pool);
        try {
            return started.get();
        } catch (RuntimeException | Error failed) {
            release(pool);
            throw failed;
        }
    }

    /** A pool and its views share their servers; views that share none now may be claimed each. */
    private synchronized void claim(ServerPool pool) {
        if (claimed.contains(pool)) throw new IllegalStateException("this pool already has " + who);
        Set<Member> mine = new HashSet<>(pool.members());
        for (ServerPool other : claimed)
            for (Member each : members(other))
                if (mine.contains(each))
                    throw new IllegalStateException("server " + each.server().id() + " of this pool already has " + who
                            + ", of a pool or view that shares it");
        claimed.add(pool);
    }

    private static List<Member> members(ServerPool pool) {
        try {
            return pool.members();
        } catch (IllegalStateException closed) {
            return List.of();
        }
    }

    synchronized void release(ServerPool pool) {
        claimed.remove(pool);
    }
}
