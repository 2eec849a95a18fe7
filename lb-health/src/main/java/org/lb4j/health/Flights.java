package org.lb4j.health;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.lb4j.Ticker;

/** The probes under way. Each has the same time, so they run out of it in the order in which they began. */
final class Flights {
    private final Probe probe;
    private final Duration timeout;
    private final Ticker ticker;
    private final Consumer<Flight> landed;
    private final Deque<Flight> flying = new ArrayDeque<>();
    private int count;

    /** @param landed told of each answer, on whatever thread it came, perhaps the very one that began the probe */
    Flights(Probe probe, Duration timeout, Ticker ticker, Consumer<Flight> landed) {
        this.probe = probe;
        this.timeout = timeout;
        this.ticker = ticker;
        this.landed = landed;
    }

    int count() {
        return count;
    }

    void start(Checked checked, long now) {
        CompletableFuture<ProbeResult> future = ask(checked);
        Flight flight = new Flight(checked, future, now);
        checked.turn().takesOff(flight);
        flying.add(flight);
        count++;
        var unused = future.whenComplete((result, thrown) -> {
            if (flight.over()) return; // cut off by us
            flight.answered(Answer.of(result, thrown, ticker.nanos()));
            landed.accept(flight);
        });
    }

    private CompletableFuture<ProbeResult> ask(Checked checked) {
        try {
            CompletableFuture<ProbeResult> future = probe.check(checked.member().server(), timeout);
            return future != null ? future : CompletableFuture.failedFuture(new NullPointerException("no future"));
        } catch (Throwable thrown) {
            return CompletableFuture.failedFuture(thrown);
        }
    }

    /** It has its result, or will get none. */
    void end(Flight flight) {
        if (flight.over()) return;
        flight.end();
        flight.checked().turn().takesOff(null);
        count--;
    }

    /** The next one whose time is over; null: none. */
    @Nullable
    Flight outOfTime(long now) {
        Flight first = first();
        return first == null || now - first.start() < timeout.toNanos() ? null : first;
    }

    /** When the next one's time is over; {@code none} if nothing is under way. */
    long nextDeadline(long none) {
        Flight first = first();
        return first == null ? none : first.start() + timeout.toNanos();
    }

    private @Nullable Flight first() {
        while (true) {
            Flight first = flying.peek();
            if (first == null || !first.over()) return first;
            flying.remove();
        }
    }

    /** All that are under way. */
    List<Flight> all() {
        List<Flight> all = new ArrayList<>(count);
        for (Flight each : flying) if (!each.over()) all.add(each);
        return all;
    }
}
