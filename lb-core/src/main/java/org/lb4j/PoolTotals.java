package org.lb4j;

import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;

/** How many calls are in flight in a pool, counted no dearer than somebody asks for. */
final class PoolTotals {
    /** Up to so many servers their own words are summed at each question. */
    static final int SUMMED = 64;

    private final Ledger ledger;
    private final Supplier<Membership> membership;
    /** Whether all calls in flight are in the striped total; not while some of them began before it did. */
    private volatile boolean settled;

    PoolTotals(Ledger ledger, Supplier<Membership> membership) {
        this.ledger = ledger;
        this.membership = membership;
    }

    Ledger ledger() {
        return ledger;
    }

    int inFlight() {
        Membership members = membership.get();
        if (members.size() <= SUMMED) return members.inFlight();
        LongAdder striped = ledger.countFromNow();
        if (!settled) {
            int sum = members.inFlight();
            if (sum > striped.sum()) return sum; // some began before the total did, and are not in it
            settled = true;
        }
        return (int) Math.max(0, striped.sum());
    }
}
