package org.lb4j.bench.peers;

/**
 * Whole calls of a peer.
 *
 * @param <C> what a call in flight is known by
 */
interface Calls<C> {
    /** Picks, and counts the call as begun. */
    C begin();

    /** Counts it as ended well. */
    void end(C call);

    /**
     * Brings the peer into the middle of its work, as {@code Pools} does with ours: every server has been measured, and every
     * third call stays in flight. The first round ends all of its calls, since Stork leaves a server alone while it waits for
     * the first answer.
     */
    static <C> void warm(int servers, Calls<C> calls) {
        for (int i = 0; i < servers; i++) calls.end(calls.begin());
        for (int i = 0; i < 3 * servers; i++) {
            C call = calls.begin();
            if (i % 3 != 0) calls.end(call);
        }
    }

    /** A pick that begins and ends its call, by a peer in the middle of its work. */
    static <C> Pick whole(int servers, Calls<C> calls) {
        warm(servers, calls);
        return key -> {
            C call = calls.begin();
            calls.end(call);
            return call;
        };
    }
}
