package org.lb4j.failover;

import org.jspecify.annotations.Nullable;

/**
 * One send to one server, which waits for its result: the body of {@link Failover#call}.
 *
 * <pre>{@code
 * AttemptCall<String, IOException> fetch = attempt -> get(attempt.server().resolve("/users/42"), attempt.timeLeft());
 * }</pre>
 *
 * @param <T> what it returns
 * @param <X> what it may throw
 */
@FunctionalInterface
public interface AttemptCall<T extends @Nullable Object, X extends Exception> {
    /**
     * Sends.
     *
     * @param attempt which server, and how long it may take: this form honours {@link Attempt#timeLeft()} by itself
     * @return the result
     * @throws X what went wrong; the next server is tried, or it reaches the caller as it is
     */
    T on(Attempt attempt) throws X;
}
