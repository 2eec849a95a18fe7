package org.lb4j.load;

import java.util.Set;
import org.lb4j.Load;
import org.lb4j.Member;
import org.lb4j.Signal;

/** The utilisation that a server reports of itself. */
enum Reported implements Load {
    LOAD;

    @Override
    public double of(Member member, long now) {
        return member.reported(now) * (1 + Loads.FAILURE_COST * member.failureLoad(now));
    }

    @Override
    public Set<Signal> signals() {
        return Set.of(Signal.REPORT);
    }

    @Override
    public String toString() {
        return "reported()";
    }
}
