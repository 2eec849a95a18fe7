package org.lb4j.client;

import java.util.Set;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import org.lb4j.Outcome;
import org.lb4j.failover.Failure;

/** What a status says: of the server, and whether the answer is wanted. */
record Verdicts(
        Set<Integer> repeated,
        Set<Integer> notProcessed,
        @Nullable IntFunction<@Nullable Outcome> own) {
    Outcome outcome(ResponseHead response) {
        int status = response.status();
        Outcome said = own == null ? null : own.apply(status);
        if (said != null) return said;
        if (status == 429 || status == 503 && response.header("Retry-After") != null) return Outcome.REJECTED;
        boolean notKnown = status == 501 || status == 505; // what was asked is unknown there, which is no breakdown
        return status >= 500 && !notKnown ? Outcome.FAILURE : Outcome.SUCCESS;
    }

    /** Null: the answer is taken. */
    @Nullable
    Failure failure(int status) {
        if (notProcessed.contains(status)) return Failure.NOT_PROCESSED;
        return repeated.contains(status) ? Failure.ANSWERED : null;
    }
}
