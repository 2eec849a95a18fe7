package org.lb4j.failover;

/**
 * A call that had no time left when it began, see {@link Failover#within}: nothing was sent. Has no stack trace, since it
 * is thrown in bulk when things are slow.
 *
 * <pre>{@code
 * try {
 *     failover.within(Duration.ZERO).call(users, server -> fetch(server.resolve("/")));
 * } catch (NoTimeLeftException late) {
 *     log(late.getMessage());
 * }
 * }</pre>
 */
public final class NoTimeLeftException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NoTimeLeftException(long leftNanos) {
        super("no time left: " + Spans.text(Math.max(0, leftNanos)), null, true, false);
    }
}
