package org.lb4j;

/**
 * How a call ended, as far as it says something about the server.
 *
 * <pre>{@code
 * Lease lease = selector.acquire();
 * lease.end(Outcome.REJECTED);   // it answered 429: too busy, which is not the same as broken
 * }</pre>
 */
public enum Outcome {
    /** The server answered well. A client's own mistake (HTTP 4xx) is a success of the server. */
    SUCCESS,
    /** The server failed: an error answer, a broken connection, an exception. */
    FAILURE,
    /** The server did not answer in time. */
    TIMEOUT,
    /** The server did not take the call: too busy (HTTP 429, 503 with Retry-After) or not processed. */
    REJECTED,
    /** The call was given up by the caller, or never left this process. Says nothing about the server. */
    CANCELLED;

    /** Whether the server counts as having failed: everything but {@link #SUCCESS} and {@link #CANCELLED}. */
    boolean bad() {
        return this != SUCCESS && this != CANCELLED;
    }
}
