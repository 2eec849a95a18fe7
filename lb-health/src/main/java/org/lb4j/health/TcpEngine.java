package org.lb4j.health;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.AsynchronousChannelGroup;
import java.nio.channels.AsynchronousSocketChannel;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.lb4j.Server;

/** The sockets of one checker's TCP probes: one thread for all of them, and some for looking up names. */
final class TcpEngine implements BoundProbe {
    private final TcpProbe probe;
    private final ProbeThreads threads;
    private final Lookups lookups;
    private final DaemonThreads socketThread = new DaemonThreads("probe-tcp");
    private final @Nullable AsynchronousChannelGroup group;

    /** @param own whether its sockets have a thread of their own; else that which the JVM has anyway */
    TcpEngine(TcpProbe probe, String name, int maxInFlight, boolean own) {
        this.probe = probe;
        this.threads = ProbeThreads.few(name);
        this.lookups = new Lookups(probe.lookup(), name, maxInFlight, threads);
        this.group = own ? group(socketThread) : null;
    }

    private static AsynchronousChannelGroup group(DaemonThreads threads) {
        try {
            return AsynchronousChannelGroup.withFixedThreadPool(1, threads);
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
        threads.shutdownNow();
        if (group != null) endSockets(group);
        threads.gone(DaemonThreads.BUSY_MILLIS);
        lookups.close();
    }

    private void endSockets(AsynchronousChannelGroup group) {
        try {
            group.shutdownNow();
            socketThread.gone(group::awaitTermination, DaemonThreads.BUSY_MILLIS);
        } catch (IOException closing) {
            return;
        }
    }
}
