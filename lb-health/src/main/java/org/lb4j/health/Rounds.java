package org.lb4j.health;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;
import org.lb4j.health.Turn.Urgency;

/**
 * Whose turn it is. Servers wait for their time, and then for a place: by urgency, the longest overdue first; but who is
 * overdue by a whole effective interval goes before everybody, so none is forgotten.
 *
 * <p>An entry whose server has moved on stays in its queue until it comes to the front, and is dropped there.
 */
final class Rounds {
    private static final Urgency[] URGENCIES = Urgency.values();
    /** By difference, since a clock of nanoseconds may pass from positive to negative. */
    private static final Comparator<Entry> BY_TIME = (a, b) -> Long.compare(a.due - b.due, 0);

    private final PriorityQueue<Entry> timed = new PriorityQueue<>(BY_TIME);
    private final List<PriorityQueue<Entry>> waiting = new ArrayList<>();
    private int waitingCount;

    private record Entry(Checked checked, long due) {
        boolean timed() {
            return checked.turn().timed(due);
        }

        boolean queuedAs(Urgency urgency) {
            return checked.turn().queuedAs() == urgency && checked.turn().due() == due;
        }
    }

    Rounds() {
        for (int i = 0; i < URGENCIES.length; i++) waiting.add(new PriorityQueue<>(BY_TIME));
    }

    /** It is to be asked then. */
    void at(Checked checked, long due) {
        leave(checked);
        checked.turn().timedAt(due);
        timed.add(new Entry(checked, due));
    }

    /** It is to be asked as soon as there is a place. */
    void soon(Checked checked, Urgency urgency, long now) {
        leave(checked);
        checked.turn().queuedAs(urgency, now);
        waiting.get(urgency.ordinal()).add(new Entry(checked, checked.turn().due()));
        waitingCount++;
    }

    /** It waits for nothing any more. */
    void leave(Checked checked) {
        if (checked.turn().queuedAs() != null) waitingCount--;
        checked.turn().nowhere();
    }

    /** The next one whose time has come; null: none. It is left out of the rounds. */
    @Nullable
    Checked due(long now) {
        Entry first = firstTimed();
        if (first == null || first.due - now > 0) return null;
        timed.remove();
        first.checked.turn().nowhere();
        return first.checked;
    }

    /** When the next one's time comes; {@code none} if there is none. */
    long nextDue(long none) {
        Entry first = firstTimed();
        return first == null ? none : first.due;
    }

    private @Nullable Entry firstTimed() {
        while (true) {
            Entry first = timed.peek();
            if (first == null || first.timed()) return first;
            timed.remove();
        }
    }

    /** Who gets the next place; null: nobody waits. It is left out of the rounds. */
    @Nullable
    Checked next(long now, long effectiveInterval) {
        Entry urgent = null;
        Entry oldest = null;
        for (Urgency urgency : URGENCIES) {
            Entry first = firstWaiting(urgency);
            if (first == null) continue;
            if (urgent == null) urgent = first;
            if (oldest == null || first.due - oldest.due < 0) oldest = first;
        }
        if (urgent == null || oldest == null) return null;
        Entry chosen = now - oldest.due >= effectiveInterval ? oldest : urgent;
        leave(chosen.checked);
        return chosen.checked;
    }

    private @Nullable Entry firstWaiting(Urgency urgency) {
        PriorityQueue<Entry> queue = waiting.get(urgency.ordinal());
        while (true) {
            Entry first = queue.peek();
            if (first == null || first.queuedAs(urgency)) return first;
            queue.remove();
        }
    }

    /** Whoever should have been asked by now, waiting for a place included; all are left out of the rounds. */
    List<Checked> missed(long now) {
        List<Checked> missed = new ArrayList<>();
        for (Checked each = due(now); each != null; each = due(now)) missed.add(each);
        for (Checked each = next(now, Long.MAX_VALUE); each != null; each = next(now, Long.MAX_VALUE)) missed.add(each);
        return missed;
    }

    int waiting() {
        return waitingCount;
    }
}
