package org.lb4j.failover;

/**
 * What is known of a failed attempt: whether the server can have processed it. In doubt it was sent.
 *
 * <pre>{@code
 * Failure.of(new ConnectException("refused"));          // NEVER_SENT: anybody may repeat that
 * Failure.of(new IOException("unexpected end"));        // AMBIGUOUS: only what is idempotent is repeated
 * }</pre>
 */
public enum Failure {
    /** No byte of the request left: refused, unknown host, no route, connect timeout, TLS handshake. */
    NEVER_SENT,
    /** The peer says that it did not process it: HTTP/2 REFUSED_STREAM, or a status that the user declared so. */
    NOT_PROCESSED,
    /** Part of it may have been sent, and there is no full answer. */
    AMBIGUOUS,
    /** A complete answer that the user wants repeated: a status. */
    ANSWERED,
    /** The caller left, or a hedge lost. */
    CANCELLED,
    /** Our side: a full connection pool, a bad URI, a body or handler that threw. */
    LOCAL;

    /**
     * Tells what a client's exception says, by its class and those of its causes; a text decides only where no class does.
     * Classes of clients are known by name. What is not known is {@link #AMBIGUOUS}, or {@link #LOCAL} for a
     * {@link RuntimeException} or {@link Error} without an I/O cause.
     *
     * @param thrown what a call threw
     * @return what is known by it
     */
    public static Failure of(Throwable thrown) {
        return Diagnosis.of(thrown).failure();
    }

    /**
     * Tells whether a client's exception says that time ran out, by the same table.
     *
     * @param thrown what a call, or the reading of its answer, threw
     * @return true: a lease that it ends is to end as {@link org.lb4j.Outcome#TIMEOUT}
     */
    public static boolean isLate(Throwable thrown) {
        return Diagnosis.of(thrown).timedOut();
    }

    /** The table of what may be repeated. */
    boolean repeatable(Repeat repeat) {
        return switch (this) {
            case NEVER_SENT, NOT_PROCESSED -> repeat != Repeat.NEVER;
            case AMBIGUOUS, ANSWERED -> repeat == Repeat.FREELY;
            case CANCELLED, LOCAL -> false;
        };
    }
}
