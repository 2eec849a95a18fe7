package org.lb4j.examples.demo;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.lb4j.CallObserver;
import org.lb4j.Outcome;
import org.lb4j.Server;

/** How many calls each server got and how many of them it failed: an observer of the pool. */
final class Tally implements CallObserver.Factory {
    /**
     * The figures of one server at one moment.
     *
     * @param calls all
     * @param failures of which failed
     */
    record Count(long calls, long failures) {
        static final Count NONE = new Count(0, 0);

        Count since(Count before) {
            return new Count(calls - before.calls, failures - before.failures);
        }
    }

    private record Adders(LongAdder calls, LongAdder failures) {}

    private final Map<String, Adders> byServer = new ConcurrentHashMap<>();

    @Override
    public CallObserver observe(Server server) {
        Adders adders = byServer.computeIfAbsent(server.id(), id -> new Adders(new LongAdder(), new LongAdder()));
        return (start, answered, now, outcome) -> {
            adders.calls().increment();
            if (outcome != Outcome.SUCCESS) adders.failures().increment();
        };
    }

    Count of(String serverId) {
        Adders adders = byServer.get(serverId);
        return adders == null
                ? Count.NONE
                : new Count(adders.calls().sum(), adders.failures().sum());
    }
}
