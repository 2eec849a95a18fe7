package org.lb4j;

import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/**
 * Picks a server for each call. Thread-safe; make one and keep it, since the algorithm's memory lives in it.
 *
 * <pre>{@code
 * Selector users = ServerPool.of("http://10.0.0.1:8080", "http://10.0.0.2:8080").selector(Algorithms.adaptive());
 * String body = users.call(server -> fetch(server.resolve("/users/42")));
 * }</pre>
 */
public interface Selector {
    /**
     * Picks a server, and nothing more: nothing is counted, so under this alone load-aware algorithms are blind.
     *
     * @return the server
     * @throws NoServerAvailableException if there is none
     */
    default Server next() {
        return next(SelectionContext.none());
    }

    /**
     * Picks a server as a context wishes; nothing is counted.
     *
     * @param context what this call wants
     * @return the server
     * @throws NoServerAvailableException if there is none
     */
    Server next(SelectionContext context);

    /**
     * Picks a server and counts the call on it: in flight from here until the lease ends.
     *
     * @return the lease, to be ended by whoever has it
     * @throws NoServerAvailableException if there is none
     */
    default Lease acquire() {
        return acquire(SelectionContext.none());
    }

    /**
     * Picks a server as a context wishes and counts the call on it.
     *
     * @param context what this call wants
     * @return the lease, to be ended by whoever has it
     * @throws NoServerAvailableException if there is none
     */
    Lease acquire(SelectionContext context);

    /**
     * Picks a server, runs the body and ends the lease by how it went: a result is a SUCCESS, a
     * {@link CancellationException} or {@link InterruptedException} is CANCELLED, any other throwable is a FAILURE.
     *
     * @param <T> what the call returns
     * @param <X> what it may throw
     * @param body the call
     * @return what the body returned
     * @throws X what the body threw
     * @throws NoServerAvailableException if there is no server
     */
    default <T extends @Nullable Object, X extends Exception> T call(Call<T, X> body) throws X {
        return call(SelectionContext.none(), body);
    }

    /**
     * The same, as a context wishes.
     *
     * @param <T> what the call returns
     * @param <X> what it may throw
     * @param context what this call wants
     * @param body the call
     * @return what the body returned
     * @throws X what the body threw
     * @throws NoServerAvailableException if there is no server
     */
    default <T extends @Nullable Object, X extends Exception> T call(SelectionContext context, Call<T, X> body)
            throws X {
        Lease lease = acquire(context);
        Outcome outcome = Outcome.FAILURE;
        try {
            T result = body.on(lease.server());
            outcome = Outcome.SUCCESS;
            return result;
        } catch (Throwable thrown) {
            boolean givenUp = thrown instanceof CancellationException || thrown instanceof InterruptedException;
            if (givenUp) outcome = Outcome.CANCELLED;
            throw thrown;
        } finally {
            lease.end(outcome);
        }
    }
}
