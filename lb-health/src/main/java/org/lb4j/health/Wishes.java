package org.lb4j.health;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** Probes that people have asked for: each is told something, whatever becomes of the checker. */
final class Wishes {
    private final Map<Long, CompletableFuture<ProbeResult>> open = new ConcurrentHashMap<>();
    private final AtomicLong next = new AtomicLong();
    private volatile boolean closed;

    CompletableFuture<ProbeResult> open() {
        CompletableFuture<ProbeResult> wish = new CompletableFuture<>();
        long number = next.getAndIncrement();
        open.put(number, wish);
        var unused = wish.whenComplete((result, thrown) -> open.remove(number));
        if (closed) close(); // perhaps it had let go of all others by then
        return wish;
    }

    void close() {
        closed = true;
        for (CompletableFuture<ProbeResult> each : open.values())
            each.completeExceptionally(new IllegalStateException("this checker is closed"));
    }
}
