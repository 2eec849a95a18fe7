package org.lb4j.client;

import org.lb4j.Lease;
import org.lb4j.Outcome;
import org.lb4j.failover.Failure;

/**
 * A response on its way to its reader: the last leg of a lease, from the head to the end of the body. For adapters; whatever
 * is said first counts.
 *
 * <pre>{@code
 * Delivery delivery = service.deliver(attempt, head);
 * try {
 *     copy();   // the body, to its reader
 *     delivery.ended();
 * } catch (IOException e) {
 *     delivery.broken(e);
 *     throw e;
 * }
 * }</pre>
 */
public final class Delivery {
    private final Lease lease;
    private final Outcome verdict;

    Delivery(Lease lease, Outcome verdict) {
        this.lease = lease;
        this.verdict = verdict;
    }

    /** The body is complete, or its reader closed it early: the status is the verdict. */
    public void ended() {
        lease.end(verdict);
    }

    /**
     * The body broke off: the server failed, whatever the status said.
     *
     * @param late whether time ran out
     */
    public void broken(boolean late) {
        lease.end(late ? Outcome.TIMEOUT : Outcome.FAILURE);
    }

    /**
     * The body broke off: the server failed, whatever the status said.
     *
     * @param thrown tells whether time ran out
     */
    public void broken(Throwable thrown) {
        broken(Failure.isLate(thrown));
    }

    /** The caller gave up, or our own code threw: nothing is said of the server. */
    public void cancelled() {
        lease.end(Outcome.CANCELLED);
    }
}
