package org.lb4j.algorithm;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.lb4j.Lease;
import org.lb4j.SelectionContext;
import org.lb4j.Selector;
import org.lb4j.ServerPool;
import org.lb4j.testing.ManualTicker;

/** Calls on servers of the test's choice, past any algorithm. */
final class Busy {
    private final ServerPool pool;
    private final Selector any;

    Busy(ServerPool pool) {
        this.pool = pool;
        this.any = pool.selector(Algorithms.random());
    }

    /** Calls that stay in flight: so many on each, in the order of the pool's list. */
    static List<Lease> with(ServerPool pool, int... calls) {
        Busy busy = new Busy(pool);
        List<Lease> leases = new ArrayList<>();
        for (int i = 0; i < calls.length; i++) for (int call = 0; call < calls[i]; call++) leases.add(busy.on(i));
        return leases;
    }

    Lease on(int index) {
        return on(pool.members().get(index).server().id());
    }

    Lease on(String id) {
        return any.acquire(SelectionContext.only(id));
    }

    /** A good call that took that long: a sample of latency. */
    void answered(String id, ManualTicker ticker, Duration latency) {
        try (Lease lease = on(id)) {
            ticker.advance(latency);
            lease.success();
        }
    }
}
