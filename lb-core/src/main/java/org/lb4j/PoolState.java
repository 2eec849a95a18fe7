package org.lb4j;

import org.jspecify.annotations.Nullable;

/**
 * All that changes decide about a pool, at one version. Immutable; replaced whole by CAS.
 *
 * @param start when the first servers came; null before that
 */
record PoolState(
        long version, Membership membership, @Nullable Long start, boolean closed) {
    static final PoolState FIRST = new PoolState(0, Membership.EMPTY, null, false);

    long startOr(long now) {
        return start == null ? now : start;
    }
}
