package org.lb4j.health;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * What those who asked for a probe are to be told. What they do then is their code, run by whoever tells them: so they are
 * told when all that was decided is set, and nothing here is half done.
 */
final class Replies {
    private final List<Runnable> due = new ArrayList<>();

    void add(List<CompletableFuture<ProbeResult>> to, ProbeResult result) {
        for (CompletableFuture<ProbeResult> each : to) due.add(() -> each.complete(result));
    }

    /** There will be no result. */
    void add(List<CompletableFuture<ProbeResult>> to, RuntimeException why) {
        for (CompletableFuture<ProbeResult> each : to) due.add(() -> each.completeExceptionally(why));
    }

    void give() {
        if (due.isEmpty()) return;
        List<Runnable> now = List.copyOf(due); // whoever is told may ask for more
        due.clear();
        now.forEach(Runnable::run);
    }
}
