package org.lb4j.failover;

/**
 * What may be repeated of one request. A property of the request, not of the server: who does not know says
 * {@link #IF_NOT_PROCESSED}.
 *
 * <pre>{@code
 * failover.call(users, SelectionContext.none(), Repeat.FREELY, attempt -> get(attempt.server().resolve("/users/42")));
 * }</pre>
 */
public enum Repeat {
    /** One attempt, whatever happens. */
    NEVER,
    /** Again only if the server is known not to have processed it: a payment, a POST. */
    IF_NOT_PROCESSED,
    /** Again after any failure: twice does no more than once, as for GET, PUT, DELETE or a request with an idempotency key. */
    FREELY
}
