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

    /** For picks: never a walk over many members. Too low while calls run that began before the total did. */
    int inFlight() {
        Membership members = membership.get();
        return members.size() <= SUMMED ? members.inFlight() : striped();
    }

    /** For people: calls that began before the total did are found by a walk, as long as there are any. */
    int exact() {
        Membership members = membership.get();
        if (members.size() <= SUMMED || !settled && !settles(members)) return members.inFlight();
        return striped();
    }

    private int striped() {
        return (int) Math.max(0, ledger.countFromNow().sum());
    }

    private boolean settles(Membership members) {
        LongAdder total = ledger.countFromNow();
        settled = members.inFlight() <= total.sum();
        return settled;
    }
}
