package org.lb4j.health;

import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.lb4j.Server;
import org.lb4j.Ticker;
import org.lb4j.health.HealthEvent.Kind;
import org.slf4j.Logger;

/** Numbers events, writes a line for each, and tells the listeners. Used by tasks of one mailbox only, but for closing. */
final class Announcer {
    private final Logger log;
    private final LogLines lines;
    private final Ticker ticker;
    private final List<Consumer<HealthEvent>> listeners;
    private long seq;
    private volatile boolean closed;

    Announcer(Logger log, Ticker ticker, List<Consumer<HealthEvent>> listeners) {
        this.log = log;
        this.lines = new LogLines(log);
        this.ticker = ticker;
        this.listeners = List.copyOf(listeners);
    }

    void tell(Kind kind, @Nullable Server server, Reason reason, String evidence, boolean enforced) {
        if (closed) return;
        long now = ticker.nanos();
        HealthEvent event = new HealthEvent(++seq, kind, server, reason, evidence, now, enforced);
        lines.say(server == null ? "" : server.id(), warning(kind), line(event), now);
        for (Consumer<HealthEvent> listener : listeners) tell(listener, event);
    }

    private void tell(Consumer<HealthEvent> listener, HealthEvent event) {
        if (closed) return; // by the listener before
        try {
            listener.accept(event);
        } catch (Throwable thrown) {
            log.error("a health listener threw at {}", event.kind(), thrown);
        }
    }

    /** Writes the lines that are due by time. */
    void tick() {
        lines.due(ticker.nanos());
    }

    /** Tells nobody anything from now on. */
    void close() {
        closed = true;
    }

    private static boolean warning(Kind kind) {
        return switch (kind) {
            case DOWN, EJECTED, EJECTION_OVERFLOW, CORRELATED_FAILURE, SATURATED, PAUSED -> true;
            case UP, DEGRADED, DRAINING, TRIAL, RETURNED, CORRELATED_END -> false;
        };
    }

    private static String line(HealthEvent event) {
        String dry = event.enforced() ? ": " : " (dry run): ";
        String who = event.server() == null ? "" : "server " + event.server().id() + " ";
        return who + words(event.kind()) + dry + event.evidence();
    }

    private static String words(Kind kind) {
        return switch (kind) {
            case UP -> "up";
            case DOWN -> "down";
            case DEGRADED -> "degraded";
            case DRAINING -> "draining";
            case EJECTED -> "ejected";
            case TRIAL -> "on trial";
            case RETURNED -> "back";
            case EJECTION_OVERFLOW -> "fails but stays, too many are out";
            case CORRELATED_FAILURE -> "servers fail together, nobody is ejected";
            case CORRELATED_END -> "servers no longer fail together";
            case SATURATED -> "probes have no threads";
            case PAUSED -> "this process stood still";
        };
    }
}
