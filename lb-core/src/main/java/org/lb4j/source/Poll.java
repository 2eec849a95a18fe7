package org.lb4j.source;

import java.util.Collection;
import java.util.List;
import java.util.concurrent.Callable;
import org.lb4j.Server;
import org.lb4j.ServerSource;

/** One question after the other, each told to the listener: the full list if it changed, or why there is none. */
final class Poll {
    private final Callable<? extends Collection<Server>> lookup;
    private final ServerSource.Listener listener;
    private final Pace pace;
    private List<Server> known = List.of();

    Poll(Callable<? extends Collection<Server>> lookup, ServerSource.Listener listener, Pace pace) {
        this.lookup = lookup;
        this.listener = listener;
        this.pace = pace;
    }

    /** Asks once, and says how long to wait, in nanoseconds. Never throws: the thread must live. */
    long ask() {
        List<Server> all;
        try {
            all = List.copyOf(lookup.call());
        } catch (Throwable thrown) {
            listener.failed(thrown);
            return pace.afterFailure();
        }
        // An empty list is told each time: it is refused by the pool, which counts that.
        if (all.isEmpty() || !all.equals(known)) listener.servers(all);
        if (all.isEmpty()) return pace.afterFailure();
        known = all;
        return pace.afterSuccess();
    }
}
