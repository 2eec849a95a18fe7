package org.lb4j.sticky;

import org.jspecify.annotations.Nullable;
import org.lb4j.Member;
import org.lb4j.ServerPool;

/**
 * A pool that has nobody once it is closed, where others throw: the selector says so to whoever picks, and an answer that
 * came meanwhile is not lost.
 */
record QuietPool(ServerPool pool) {
    @Nullable
    Member member(String serverId) {
        try {
            return pool.member(serverId);
        } catch (IllegalStateException closed) {
            return null;
        }
    }

    boolean panic() {
        try {
            return pool.panic();
        } catch (IllegalStateException closed) {
            return false;
        }
    }

    int inFlight() {
        try {
            return pool.inFlight();
        } catch (IllegalStateException closed) {
            return 0;
        }
    }

    long nanos() {
        return pool.ticker().nanos();
    }
}
