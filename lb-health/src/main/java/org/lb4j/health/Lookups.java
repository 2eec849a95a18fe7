package org.lb4j.health;

import java.net.InetAddress;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Looks up names on threads of its own, each name once at a time: one that hangs holds up one thread however often it is
 * asked for, and nobody whose address is known.
 */
final class Lookups implements AutoCloseable {
    private static final long END_MILLIS = 100;

    private final Lookup lookup;
    private final ProbeThreads names;
    private final ProbeThreads addresses;
    private final Map<String, Running> running = new ConcurrentHashMap<>();

    /** A lookup that may have other askers. */
    record Running(CompletableFuture<Void> begun, CompletableFuture<InetAddress[]> found) {}

    /**
     * @param atMost names at once
     * @param addresses runs those that need no lookup; whoever else uses it closes it
     */
    Lookups(Lookup lookup, String name, int atMost, ProbeThreads addresses) {
        this.lookup = lookup;
        this.names = new ProbeThreads(name + "-names", atMost);
        this.addresses = addresses;
    }

    /** @throws java.util.concurrent.RejectedExecutionException if it is closed */
    Running of(String host) {
        return running.computeIfAbsent(host, this::begin);
    }

    private Running begin(String host) {
        Running begun = new Running(new CompletableFuture<>(), new CompletableFuture<>());
        if (Lookup.isAddress(host)) addresses.execute(() -> run(Lookup.SYSTEM, host, begun));
        else names.execute(() -> run(lookup, host, begun));
        return begun;
    }

    private void run(Lookup by, String host, Running mine) {
        mine.begun.complete(null);
        try {
            InetAddress[] found = by.of(host);
            running.remove(host); // first: whoever asks from now on looks anew
            mine.found.complete(found);
        } catch (Throwable thrown) {
            running.remove(host);
            mine.found.completeExceptionally(thrown);
        }
    }

    /** Ends its threads, but for one whose lookup hangs in the resolver of the system: nothing can end that. */
    @Override
    public void close() {
        names.shutdownNow();
        names.gone(END_MILLIS);
    }
}
