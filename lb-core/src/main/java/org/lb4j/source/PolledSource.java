package org.lb4j.source;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import org.lb4j.Handle;
import org.lb4j.Server;
import org.lb4j.ServerSource;

/**
 * A source that asks again and again, see {@link Sources}. Immutable but for who listens.
 *
 * <pre>{@code
 * PolledSource registry = Sources.polling(() -> client.list("users")).every(Duration.ofSeconds(5));
 * ServerPool users = ServerPool.builder().source(registry).build();
 * registry.refresh();   // somebody knows that the list has changed
 * }</pre>
 */
public final class PolledSource implements ServerSource {
    private static final Duration LEAST = Duration.ofMillis(10);
    private static final Duration MOST = Duration.ofDays(1);

    private final String name;
    private final Callable<? extends Collection<Server>> lookup;
    private final Duration interval;
    private final List<Poller> running = new CopyOnWriteArrayList<>();

    PolledSource(String name, Callable<? extends Collection<Server>> lookup, Duration interval) {
        this.name = name;
        this.lookup = lookup;
        this.interval = interval;
    }

    /**
     * Sets how often it asks, give or take a fifth.
     *
     * @param interval in [10 ms, 1 day]
     * @return a copy, which nobody listens to yet
     * @throws IllegalArgumentException if it is outside
     */
    public PolledSource every(Duration interval) {
        if (interval.compareTo(LEAST) < 0 || interval.compareTo(MOST) > 0)
            throw new IllegalArgumentException("interval must be in [10 ms, 1 day], was " + interval);
        return new PolledSource(name, lookup, interval);
    }

    /** Asks now instead of at the next time; a hint, which returns at once. */
    public void refresh() {
        for (Poller each : running) each.hurry();
    }

    @Override
    public Handle start(Listener listener) {
        Poller poller = new Poller(name, new Poll(lookup, listener, new Pace(interval)));
        running.add(poller);
        poller.begin();
        return () -> {
            running.remove(poller);
            poller.close();
        };
    }

    @Override
    public String toString() {
        return "source " + name + " every " + interval;
    }
}
