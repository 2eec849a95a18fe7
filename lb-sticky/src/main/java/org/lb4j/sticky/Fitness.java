package org.lb4j.sticky;

/** Whether a session's server may serve it now. */
enum Fitness {
    /** It may. */
    FIT(StickyOutcome.MOVED_UNAVAILABLE), // and another one did: it could not be reached, or was held in between
    /** It has more than its share of what is in flight: not this call. */
    CROWDED(StickyOutcome.OVERLOADED),
    /** It was drained, and the time for sessions to finish is over. */
    DRAINED(StickyOutcome.MOVED_DRAINING),
    /** It is held by something that not even panic overrules. */
    HELD(StickyOutcome.MOVED_UNAVAILABLE),
    /** It left the pool. */
    GONE(StickyOutcome.MOVED_REMOVED);

    private final StickyOutcome elsewhere;

    Fitness(StickyOutcome elsewhere) {
        this.elsewhere = elsewhere;
    }

    /** What it is called if another server serves the session. */
    StickyOutcome elsewhere() {
        return elsewhere;
    }
}
