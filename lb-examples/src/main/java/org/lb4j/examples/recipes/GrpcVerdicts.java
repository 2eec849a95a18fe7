package org.lb4j.examples.recipes;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import org.jspecify.annotations.Nullable;
import org.lb4j.Outcome;
import org.lb4j.failover.Failure;

/** What gRPC's statuses say of a server, and of whether a call may be repeated. */
final class GrpcVerdicts {
    private GrpcVerdicts() {}

    /** As with HTTP: a mistake of the caller is a success of the server. */
    static Outcome outcome(Status status) {
        return switch (status.getCode()) {
            case UNKNOWN, INTERNAL, UNAVAILABLE, DATA_LOSS -> Outcome.FAILURE;
            case DEADLINE_EXCEEDED -> Outcome.TIMEOUT;
            case RESOURCE_EXHAUSTED -> Outcome.REJECTED;
            case CANCELLED -> Outcome.CANCELLED;
            default -> Outcome.SUCCESS;
        };
    }

    /** For {@code Failover.builder().classifier(..)}, which takes every runtime exception for a mistake of ours. */
    static @Nullable Failure failure(Throwable thrown) {
        if (!(thrown instanceof StatusRuntimeException ended)) return null;
        return switch (outcome(ended.getStatus())) {
            case FAILURE, TIMEOUT, REJECTED -> refused(thrown) ? Failure.NEVER_SENT : Failure.AMBIGUOUS;
            case CANCELLED -> Failure.CANCELLED;
            case SUCCESS -> Failure.LOCAL; // no other server would answer otherwise
        };
    }

    /** A connection that was refused is the cause of its UNAVAILABLE. */
    private static boolean refused(Throwable thrown) {
        return Failure.of(thrown) == Failure.NEVER_SENT;
    }
}
