package org.lb4j.health;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import org.lb4j.Server;

/** A probe with the sockets and threads of one checker, let go when that closes. */
interface BoundProbe extends Probe, AutoCloseable {
    /** A probe that wants sockets and threads. */
    interface Bindable extends Probe {
        BoundProbe bind(String name, int maxInFlight, ScheduledExecutorService scheduler);
    }

    /** Whether a probe must really be sent, since its answer carries more than yes or no. */
    boolean brings();

    @Override
    void close();

    /** Probes made elsewhere bring their own threads, and keep them. */
    static BoundProbe of(Probe probe, String name, int maxInFlight, ScheduledExecutorService scheduler) {
        if (probe instanceof Bindable bindable) return bindable.bind(name, maxInFlight, scheduler);
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
