package org.lb4j.load;

import java.util.Set;
import org.lb4j.Load;
import org.lb4j.Member;
import org.lb4j.Signal;

/** Calls in flight, this one included; the only load that needs no clock. */
enum InFlight implements Load {
    LOAD;

    @Override
    public double of(Member member, long now) {
        int calls = member.inFlight() + 1;
        // 0 is "no clock read": failures fade, and without the time nobody knows how much of them is left.
        return now == 0 ? calls : calls * (1 + Loads.FAILURE_COST * member.failureLoad(now));
    }

    @Override
    public Set<Signal> signals() {
        return Set.of();
    }

    @Override
    public String toString() {
        return "inFlight()";
    }
}
