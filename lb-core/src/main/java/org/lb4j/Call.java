package org.lb4j;

/**
 * What to do with the server that was picked: the body of {@link Selector#call(Call)}.
 *
 * <pre>{@code
 * String body = users.call(server -> fetch(server.resolve("/users/42")));
 * }</pre>
 *
 * @param <T> what the call returns
 * @param <X> what it may throw; inferred, so that a body without checked exceptions needs no {@code try}
 */
@FunctionalInterface
public interface Call<T extends @org.jspecify.annotations.Nullable Object, X extends Exception> {
    /**
     * Calls the server.
     *
     * @param server the server that was picked
     * @return whatever the call brings
     * @throws X whatever the call throws; it reaches the caller unchanged
     */
    T on(Server server) throws X;
}
