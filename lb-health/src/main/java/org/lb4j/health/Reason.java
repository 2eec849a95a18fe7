package org.lb4j.health;

/**
 * Why: of a probe's result, and of a {@link HealthEvent}. Finer points are in the evidence.
 *
 * <pre>{@code
 * Probe busy = (server, timeout) ->
 *     CompletableFuture.completedFuture(ProbeResult.fail(Reason.CONTENT, "no database behind it"));
 * }</pre>
 */
public enum Reason {
    /** Nothing is wrong. */
    OK,
    /** The server said so itself. */
    TOLD,
    /** The server is too busy: HTTP 429, or 503 with Retry-After. */
    BUSY,
    /** The server answered with a status that is no success. */
    STATUS,
    /** The server did not answer in time. */
    TIMEOUT,
    /** Its name could not be looked up. */
    DNS,
    /** The probe itself broke, or reported an error of its own kind. */
    ERROR,
    /** No connection: refused, no route, TLS. */
    CONNECT,
    /** What came is no answer: garbage, a reset, cut short. */
    PROTOCOL,
    /** A body or header that is not as expected. */
    CONTENT,
    /** This process had no thread left for the probe. */
    SATURATED,
    /** This process stood still. */
    PAUSED,
    /** The server's calls failed. */
    CALLS,
    /** A trial call decided. */
    TRIAL;

    /** Whether it is a fault of this process, and so no evidence against a server. */
    boolean ours() {
        return this == SATURATED || this == PAUSED;
    }

    /** Whether only calls show it, never a probe. */
    boolean ofCalls() {
        return this == CALLS || this == TRIAL;
    }
}
