package org.lb4j.health;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Where one server is in its checker's rounds: waiting for its time, for a place, being asked, or none of these. */
final class Turn {
    private long due;
    private @Nullable Urgency queuedAs;
    private boolean timed;
    private boolean suspect;
    private @Nullable Flight flight;
    private final List<CompletableFuture<ProbeResult>> wanted = new ArrayList<>(0);

    /** What goes first when there are not enough places. */
    enum Urgency {
        SUSPECT,
        NEVER_ASKED,
        DOWN,
        WELL
    }

    long due() {
        return due;
    }

    /** At that time; it is nowhere else from now on. */
    void timedAt(long due) {
        this.due = due;
        timed = true;
        queuedAs = null;
    }

    boolean timed(long due) {
        return timed && this.due == due;
    }

    boolean timed() {
        return timed;
    }

    /** Its time has come, if it had not by itself, and it waits for a place. */
    void queuedAs(Urgency urgency, long now) {
        if (due - now > 0) due = now;
        timed = false;
        queuedAs = urgency;
    }

    @Nullable
    Urgency queuedAs() {
        return queuedAs;
    }

    void nowhere() {
        timed = false;
        queuedAs = null;
    }

    void takesOff(@Nullable Flight flight) {
        nowhere();
        suspect = suspect && flight == null;
        this.flight = flight;
    }

    /** Its probe in flight: one, never two. */
    @Nullable
    Flight flight() {
        return flight;
    }

    /** To be told of the next result. */
    void wanted(CompletableFuture<ProbeResult> by) {
        wanted.add(by);
    }

    /** All who are to be told, and are not asked for again. */
    List<CompletableFuture<ProbeResult>> takeWanted() {
        List<CompletableFuture<ProbeResult>> all = List.copyOf(wanted);
        wanted.clear();
        return all;
    }

    /** Its calls fail. */
    void suspected() {
        suspect = true;
    }

    boolean suspect() {
        return suspect;
    }
}
