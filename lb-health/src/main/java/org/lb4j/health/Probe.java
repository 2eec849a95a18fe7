package org.lb4j.health;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.function.Function;
import org.lb4j.Server;

/**
 * Asks one server how it is. {@link HttpProbe} and {@link TcpProbe} are ready made; anything else is a lambda:
 *
 * <pre>{@code
 * ExecutorService threads = Executors.newFixedThreadPool(4);
 * Probe replication = Probe.blocking(threads, server -> {
 *     long lag = lagSeconds(server);                       // may block: it is interrupted at the timeout
 *     return lag < 30 ? ProbeResult.pass() : ProbeResult.fail(Reason.CONTENT, "lag " + lag + " s");
 * });
 * }</pre>
 */
@FunctionalInterface
public interface Probe {
    /**
     * Begins to ask. Never blocks. Whoever asks cancels the future when the timeout is over, and cancelling must free
     * socket, stream and thread.
     *
     * @param server whom to ask
     * @param timeout when the future will be cancelled; may be handed on as a deadline
     * @return completed with the result; one that fails is a failed probe of reason {@link Reason#ERROR}, or, if by a
     *     {@link java.util.concurrent.RejectedExecutionException}, an inconclusive one
     */
    CompletableFuture<ProbeResult> check(Server server, Duration timeout);

    /**
     * A probe that may block, on an executor of yours. A probe that the executor refuses, or does not begin in time, is
     * inconclusive: that is not the server's fault.
     *
     * @param executor runs the body; not closed by anybody here
     * @param body asks one server; interrupted when the probe is cancelled
     * @return the probe
     */
    static Probe blocking(ExecutorService executor, Function<Server, ProbeResult> body) {
        return (server, timeout) -> BlockingCheck.begin(executor, () -> body.apply(server));
    }
}
