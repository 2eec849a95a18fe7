package org.lb4j.sticky;

import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.lb4j.Server;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts what becomes of visits, and says at DEBUG who moved. */
final class Outcomes {
    private static final Logger log = LoggerFactory.getLogger(StickyVisit.class);

    private static final String MOVE = "{}: a session of {} is served by {}";

    private final LongAdder[] counts = new LongAdder[StickyOutcome.values().length];

    Outcomes() {
        for (int i = 0; i < counts.length; i++) counts[i] = new LongAdder();
    }

    long count(StickyOutcome outcome) {
        return counts[outcome.ordinal()].sum();
    }

    void add(StickyOutcome outcome) {
        counts[outcome.ordinal()].increment();
    }

    /** Servers are named, sessions are not. */
    void add(StickyOutcome outcome, @Nullable String own, @Nullable Server picked) {
        add(outcome);
        if (picked == null || !log.isDebugEnabled()) return;
        switch (outcome) {
            case MOVED_UNAVAILABLE, MOVED_DRAINING -> log.debug(MOVE, outcome, own, picked.id());
            case MOVED_REMOVED ->
                log.debug(MOVE, outcome, "a server that left", picked.id()); // a ref does not say which
            default -> {}
        }
    }
}
