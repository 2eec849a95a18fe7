package org.lb4j.sticky;

import org.jspecify.annotations.Nullable;
import org.lb4j.Server;

/** A call of which nothing is known, so any server will do. */
final class PlainVisit extends Visit {
    private final StickyOutcome outcome;

    PlainVisit(StickyOutcome outcome, Judge judge, Outcomes outcomes) {
        super(judge, outcomes);
        this.outcome = outcome;
    }

    @Override
    StickyOutcome outcome(@Nullable Server picked) {
        return outcome;
    }

    @Override
    @Nullable
    String keep(StickyOutcome outcome, Server picked) {
        return null;
    }
}
