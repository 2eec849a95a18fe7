package org.lb4j.health;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.AsynchronousChannelGroup;
import java.nio.channels.AsynchronousSocketChannel;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.lb4j.Server;

/** The sockets of one checker's TCP probes: one thread for all of them, and some for looking up names. */
final class TcpEngine implements BoundProbe {
    private static final long CLOSE_MILLIS = 500;

    private final TcpProbe probe;
    private final ProbeThreads threads;
    private final Lookups lookups;
    private final @Nullable AsynchronousChannelGroup group;

    /** @param group null: the JVM's own */
    TcpEngine(TcpProbe probe, String name, int maxInFlight, @Nullable AsynchronousChannelGroup group) {
        this.probe = probe;
        this.threads = ProbeThreads.few(name);
        this.lookups = new Lookups(probe.lookup(), name, maxInFlight, threads);
        this.group = group;
    }

    static AsynchronousChannelGroup group() {
        try {
            return AsynchronousChannelGroup.withFixedThreadPool(1, task -> {
                Thread thread = new Thread(task, "lb4j-probe-tcp");
                thread.setDaemon(true);
                return thread;
            });
        } catch (IOException e) {
            throw new UncheckedIOException("no sockets for probes", e);
        }
    }

    @Override
    public CompletableFuture<ProbeResult> check(Server server, Duration timeout) {
        TcpCheck check = new TcpCheck(this, server);
        check.begin(server.host(), lookups);
        return check;
    }

    @Override
    public boolean brings() {
        return probe.words();
    }

    TcpProbe probe() {
        return probe;
    }

    AsynchronousSocketChannel channel() throws IOException {
        return AsynchronousSocketChannel.open(group);
    }

    /** Closes all sockets at once, and ends the threads. */
    @Override
    public void close() {
        lookups.close();
        threads.shutdownNow();
        if (group == null) return;
        try {
            group.shutdownNow();
            group.awaitTermination(CLOSE_MILLIS, TimeUnit.MILLISECONDS);
        } catch (IOException closing) {
            return;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
