package org.lb4j.examples.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.lb4j.Server;
import org.lb4j.health.HealthEvent;
import org.lb4j.health.HealthEvent.Kind;

/** What has happened, in words, and why each server last changed its state. */
final class Diary {
    private final long start = System.nanoTime();
    private final List<String> lines = new ArrayList<>();
    private final Map<String, String> whyDown = new ConcurrentHashMap<>();
    private final Map<String, String> whyEjected = new ConcurrentHashMap<>();
    private final Consumer<String> reader;

    Diary(Consumer<String> reader) {
        this.reader = reader;
    }

    double seconds() {
        return (System.nanoTime() - start) / 1e9;
    }

    void write(String what) {
        String line = String.format(Locale.ROOT, "%6.1f s  %s", seconds(), what);
        synchronized (lines) {
            lines.add(line);
        }
        reader.accept(line);
    }

    /** What the checker and the detector have found. */
    void write(HealthEvent event) {
        Server server = event.server();
        if (server != null && event.kind() == Kind.DOWN) whyDown.put(server.id(), event.evidence());
        if (server != null && event.kind() == Kind.EJECTED) whyEjected.put(server.id(), event.evidence());
        String who = server == null ? "all" : server.id();
        write(who + " " + event.kind().toString().toLowerCase(Locale.ROOT).replace('_', ' ') + ": " + event.evidence());
    }

    String whyDown(String serverId) {
        return whyDown.getOrDefault(serverId, "");
    }

    String whyEjected(String serverId) {
        return whyEjected.getOrDefault(serverId, "");
    }

    List<String> last(int most) {
        synchronized (lines) {
            return List.copyOf(lines.subList(Math.max(0, lines.size() - most), lines.size()));
        }
    }
}
