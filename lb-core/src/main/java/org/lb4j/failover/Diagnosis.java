package org.lb4j.failover;

import java.io.IOException;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.lb4j.Outcome;

/**
 * What an exception says: the failure, whether time ran out, and whether the attempt cost the fleet nothing, so that
 * repeating it is free.
 */
record Diagnosis(Failure failure, boolean timedOut, boolean free) {
    static final Diagnosis REFUSED = new Diagnosis(Failure.NEVER_SENT, false, true);
    static final Diagnosis UNREACHED = new Diagnosis(Failure.NEVER_SENT, false, false);
    static final Diagnosis CONNECT_TIMEOUT = new Diagnosis(Failure.NEVER_SENT, true, false);
    static final Diagnosis NOT_PROCESSED = new Diagnosis(Failure.NOT_PROCESSED, false, false);
    static final Diagnosis BROKEN = new Diagnosis(Failure.AMBIGUOUS, false, false);
    static final Diagnosis NO_ANSWER = new Diagnosis(Failure.AMBIGUOUS, true, false);
    static final Diagnosis GIVEN_UP = new Diagnosis(Failure.CANCELLED, false, false);
    static final Diagnosis OURS = new Diagnosis(Failure.LOCAL, false, false);

    /** Deeper causes say nothing new, and a chain may be a loop. */
    private static final int DEPTH = 16;

    static Diagnosis of(@Nullable Throwable thrown) {
        boolean remote = false;
        Throwable each = thrown;
        for (int i = 0; i < DEPTH && each != null; i++, each = each.getCause()) {
            Diagnosis known = KnownFailures.of(each);
            if (known != null) return known;
            remote |= each instanceof IOException || each instanceof TimeoutException;
        }
        boolean unchecked = thrown instanceof RuntimeException || thrown instanceof Error;
        return unchecked && !remote ? OURS : BROKEN;
    }

    /** The same circumstances under another verdict: of an adapter, a classifier, or because the head is known to be out. */
    Diagnosis as(Failure verdict) {
        if (verdict == failure) return this;
        return new Diagnosis(verdict, timedOut, free && verdict == Failure.NEVER_SENT);
    }

    /** How the lease ends, if nobody said better before. */
    Outcome outcome() {
        return switch (failure) {
            case NEVER_SENT, AMBIGUOUS, ANSWERED -> timedOut ? Outcome.TIMEOUT : Outcome.FAILURE;
            case NOT_PROCESSED -> Outcome.REJECTED;
            case CANCELLED, LOCAL -> Outcome.CANCELLED;
        };
    }
}
