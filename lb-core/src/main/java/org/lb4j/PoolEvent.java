package org.lb4j;

import org.jspecify.annotations.Nullable;

/**
 * One change of a pool, with its cause in words.
 *
 * <pre>{@code
 * pool.onChange(event -> log(event.kind() + ": " + event.evidence()));
 * }</pre>
 *
 * @param kind what happened
 * @param server which server; null if it concerns the whole pool
 * @param evidence why, in words for people
 * @param nanos when, by the pool's ticker
 */
public record PoolEvent(Kind kind, @Nullable Server server, String evidence, long nanos) {
    /** What may happen to a pool. */
    public enum Kind {
        /** A server joined. */
        ADDED,
        /** A server left. Its running calls finish. */
        REMOVED,
        /** A server kept its id and changed something else: its weight, zone, tags, or its address. */
        REPLACED,
        /** A reason to hold a server was set. */
        HELD,
        /** A reason to hold a server was ended. */
        RELEASED,
        /** A factor on a server's weight changed. */
        SCALED,
        /** Too little of the pool is well: servers that fail checks or were ejected are used again. */
        PANIC,
        /** Enough of the pool is well again. */
        PANIC_OVER,
        /** The source could not bring a list; the last good one stays. */
        SOURCE_FAILED,
        /** The source brought an empty list, which was refused. */
        EMPTY_REFUSED,
        /** The source brought one id twice; the last one was taken. */
        DUPLICATE,
        /** A lease was lost without being ended (only with {@link ServerPool.Builder#detectLeaks()}). */
        LEAKED,
        /** A lease was closed without a verdict, for the first time in this pool. */
        UNSAID,
        /** An algorithm or shaper threw; what was published before stays in use. */
        FAULT
    }
}
