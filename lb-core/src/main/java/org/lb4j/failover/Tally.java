package org.lb4j.failover;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** What a policy has done so far. Calls are counted by each call, all else only when something goes wrong or is slow. */
final class Tally {
    private final LongAdder calls = new LongAdder();
    private final Map<Failure, LongAdder> repeats = new EnumMap<>(Failure.class); // filled here, never changed
    private final Map<Stop, LongAdder> stops = new EnumMap<>(Stop.class); // as above
    private final LongAdder hedges = new LongAdder();
    private final LongAdder hedgesWon = new LongAdder();

    Tally() {
        for (Failure each : Failure.values()) repeats.put(each, new LongAdder());
        for (Stop each : Stop.values()) stops.put(each, new LongAdder());
    }

    LongAdder calls() {
        return calls;
    }

    void repeated(Failure failure) {
        counter(repeats, failure).increment();
    }

    void stopped(Stop why) {
        counter(stops, why).increment();
    }

    void hedged() {
        hedges.increment();
    }

    void hedgeWon() {
        hedgesWon.increment();
    }

    Failover.Stats stats() {
        Map<Failure, Long> byFailure = new EnumMap<>(Failure.class);
        long repeated = 0;
        for (Failure each : Failure.values()) {
            long count = counter(repeats, each).sum();
            if (count > 0) byFailure.put(each, count);
            repeated += count;
        }
        long begun = calls.sum();
        long hedged = hedges.sum();
        return new Failover.Stats(
                begun,
                begun + repeated + hedged,
                byFailure,
                counter(stops, Stop.BUDGET).sum(),
                counter(stops, Stop.TIME).sum(),
                counter(stops, Stop.SERVERS).sum(),
                hedged,
                hedgesWon.sum());
    }

    private static <K extends Enum<K>> LongAdder counter(Map<K, LongAdder> all, K key) {
        LongAdder counter = all.get(key);
        if (counter == null) throw new IllegalArgumentException("no counter for " + key);
        return counter;
    }
}
