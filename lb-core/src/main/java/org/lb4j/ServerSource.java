package org.lb4j;

import java.util.Collection;

/**
 * Where a pool's servers come from: hands over the full list whenever it may have changed. Never throws into the pool;
 * a failure is told, and the last good list stays.
 *
 * <pre>{@code
 * ServerSource fixed = listener -> {
 *     listener.servers(List.of(Server.of("10.0.0.1:8080")));
 *     return () -> {};
 * };
 * ServerPool pool = ServerPool.builder().source(fixed).build();
 * }</pre>
 */
@FunctionalInterface
public interface ServerSource {
    /**
     * Begins to deliver lists.
     *
     * @param listener takes them, from any thread, one at a time
     * @return ends the delivery when closed
     */
    Handle start(Listener listener);

    /** The pool's end of a source. */
    interface Listener {
        /**
         * The full list as it is now. An empty list is refused (stale beats empty); of two servers with one id the last
         * one is taken.
         *
         * @param all all servers
         */
        void servers(Collection<Server> all);

        /**
         * No list could be had.
         *
         * @param cause why
         */
        void failed(Throwable cause);
    }
}
