package org.lb4j.health;

import java.util.Collections;
import java.util.Set;
import java.util.WeakHashMap;
import org.lb4j.ServerPool;

/** Who works on which pool: two checkers of one pool would set and clear one hold in turns. */
final class PoolClaims {
    private final String who;
    private final Set<ServerPool> claimed = Collections.synchronizedSet(Collections.newSetFromMap(new WeakHashMap<>()));

    PoolClaims(String who) {
        this.who = who;
    }

    void claim(ServerPool pool) {
        if (!claimed.add(pool)) throw new IllegalStateException("this pool already has " + who);
    }

    void release(ServerPool pool) {
        claimed.remove(pool);
    }
}
