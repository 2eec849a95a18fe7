package org.lb4j.health;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import org.lb4j.Server;

/** A probe with the sockets and threads of one checker, let go when that closes. */
interface BoundProbe extends Probe, AutoCloseable {
    /** Whether a probe must really be sent, since its answer carries more than yes or no. */
    boolean brings();

    @Override
    void close();

    /** Probes made elsewhere bring their own threads, and keep them. */
    static BoundProbe of(Probe probe, String name, int maxInFlight, ScheduledExecutorService scheduler) {
        if (probe instanceof HttpProbe http) return http.bind(name, maxInFlight, scheduler);
        if (probe instanceof TcpProbe tcp) return tcp.bind(name, maxInFlight, scheduler);
        return new Foreign(probe);
    }

    /** A probe of the user's. */
    record Foreign(Probe probe) implements BoundProbe {
        @Override
        public CompletableFuture<ProbeResult> check(Server server, Duration timeout) {
            return probe.check(server, timeout);
        }

        @Override
        public boolean brings() {
            return false;
        }

        @Override
        public void close() {}
    }
}
