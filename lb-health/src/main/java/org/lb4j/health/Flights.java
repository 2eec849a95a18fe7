package org.lb4j.health;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/** The probes under way. Each has the same time, so they run out of it in the order in which they began. */
final class Flights {
    private final Probe probe;
    private final Duration timeout;
    private final Landing landing;
    private final Deque<Flight> flying = new ArrayDeque<>();
    private int count;

    /** Is told of a result, on whatever thread it came, perhaps the very one that began the probe. */
    interface Landing {
        void landed(Flight flight, ProbeResult result, @Nullable Throwable thrown);
    }

    Flights(Probe probe, Duration timeout, Landing landing) {
        this.probe = probe;
        this.timeout = timeout;
        this.landing = landing;
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
            if (!future.isCancelled()) landing.landed(flight, result(result, thrown), thrown);
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

    private static ProbeResult result(@Nullable ProbeResult result, @Nullable Throwable thrown) {
        if (thrown == null) return result != null ? result : ProbeResult.fail(Reason.ERROR, "no result");
        Throwable cause = Faults.unwrapped(thrown);
        if (cause instanceof RejectedExecutionException) return ProbeResult.inconclusive(Reason.SATURATED);
        return ProbeResult.fail(Reason.ERROR, Evidence.of(cause));
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
