package org.lb4j.sticky;

import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.lb4j.Server;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts what becomes of visits, and says at DEBUG who moved. */
final class Outcomes {
    private static final Logger log = LoggerFactory.getLogger(StickyVisit.class);

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
        boolean moved = own != null && outcome != StickyOutcome.HIT && outcome != StickyOutcome.NEW;
        if (moved && log.isDebugEnabled())
            log.debug("{}: a session of {} is served by {}", outcome, own, picked == null ? "nobody" : picked.id());
    }
}
