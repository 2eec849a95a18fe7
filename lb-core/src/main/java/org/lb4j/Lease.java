package org.lb4j;

/**
 * A server on loan for one call: in flight from {@link Selector#acquire()} until it ends. Ends exactly once, the first
 * verdict wins, whatever thread it comes from; all later ones are ignored.
 *
 * <pre>{@code
 * try (Lease lease = users.acquire()) {
 *     send(lease.server().resolve("/users/42"));
 *     lease.success();
 * }   // an exception on the way here ends it as FAILURE
 * }</pre>
 */
public interface Lease extends AutoCloseable {
    /**
     * The server to call.
     *
     * @return the server as it is described now: its weight and tags may change while the call runs
     */
    Server server();

    /**
     * Ends the call.
     *
     * @param outcome how it went
     */
    void end(Outcome outcome);

    /** Ends the call: it went well. */
    default void success() {
        end(Outcome.SUCCESS);
    }

    /** Ends the call: the server failed. */
    default void failure() {
        end(Outcome.FAILURE);
    }

    /**
     * The response has begun and is a good one: latency is measured to here and counts from now. The call stays in flight,
     * as a stream that ages no more. A bad response needs no such word.
     */
    void answered();

    /**
     * What the server says of its own load: the value of its {@code endpoint-load-metrics} response header. Kept only if an
     * algorithm or shaper reads reports; one that can not be read is counted in {@link ServerStatus#badReports()}.
     *
     * @param loadReport such as {@code TEXT cpu_utilization=0.3,rps_fractional=50}
     */
    void report(CharSequence loadReport);

    /** Ends the call if nothing did: no verdict means FAILURE, so an exception can not look like success. */
    @Override
    void close();
}
