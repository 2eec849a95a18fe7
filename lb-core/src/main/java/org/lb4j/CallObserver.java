package org.lb4j;

/**
 * Sees every call of one server end, on the thread that ended it. Must be quick, lock-free and must not throw (a throw is
 * counted in {@link ServerPool#faults()} and changes nothing).
 *
 * <pre>{@code
 * LongAdder failures = new LongAdder();
 * pool.onCall(server -> (start, answered, now, outcome) -> {
 *     if (outcome == Outcome.FAILURE) failures.increment();
 * });
 * }</pre>
 */
@FunctionalInterface
public interface CallObserver {
    /**
     * A call has ended.
     *
     * @param startNanos when it was acquired, by the pool's ticker
     * @param answeredNanos when its response began; {@code nowNanos} if {@link Lease#answered()} was not called
     * @param nowNanos when it ended
     * @param outcome how
     */
    void onEnd(long startNanos, long answeredNanos, long nowNanos, Outcome outcome);

    /** Makes one observer for each server that is, or comes, into the pool. */
    @FunctionalInterface
    interface Factory {
        /**
         * Begins to observe a server.
         *
         * @param server the server that joined
         * @return what is told of its calls
         */
        CallObserver observe(Server server);

        /**
         * Begins to observe a member. To be overridden by whoever must tell a server from another one that had its id before.
         *
         * @param member the member that joined; may not yet be among {@link ServerPool#members()}
         * @return what is told of its calls
         */
        default CallObserver observe(Member member) {
            return observe(member.server());
        }
    }
}
