package org.lb4j.failover;

import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * One send to one server, which does not wait: the body of {@link Failover#callAsync}.
 *
 * <pre>{@code
 * AsyncCall<String> fetch = attempt -> later(attempt.server().resolve("/users/42"));
 * }</pre>
 *
 * @param <T> what it brings
 */
@FunctionalInterface
public interface AsyncCall<T extends @Nullable Object> {
    /**
     * Begins to send. To throw here, or to return null, is a fault of our own: nothing is repeated.
     *
     * @param attempt which server, and how long it may take
     * @return what completes with the result; {@code cancel(true)} on it ends the attempt
     */
    CompletionStage<T> on(Attempt attempt);
}
