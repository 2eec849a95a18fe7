package org.lb4j.failover;

import org.jspecify.annotations.Nullable;
import org.lb4j.Server;

/**
 * One thing that a {@link Failover} did beyond one attempt a call.
 *
 * <pre>{@code
 * Failover told = Failover.builder().listener(event -> log(event.kind() + ": " + event.why())).build();
 * }</pre>
 *
 * @param kind what
 * @param server the server that is tried now; of a call that is given up: the one that failed
 * @param attempt the number of its attempt, from 1
 * @param failure how the attempt before failed; null: it has not, for a hedge
 * @param why in words
 */
public record FailoverEvent(
        Kind kind, Server server, int attempt, @Nullable Failure failure, String why) {
    /** What a {@link Failover} does beyond one attempt a call. */
    public enum Kind {
        /** Another attempt began after a failure. */
        REPEATED,
        /** A second attempt began beside a slow one. */
        HEDGED,
        /** That second attempt answered first. */
        HEDGE_WON,
        /** The call ended with the failure that it had. */
        GIVEN_UP
    }
}
