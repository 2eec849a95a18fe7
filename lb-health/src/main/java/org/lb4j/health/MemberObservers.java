package org.lb4j.health;

import java.util.function.Function;
import org.lb4j.CallObserver;
import org.lb4j.Member;
import org.lb4j.Server;

/** An observer for each membership: a server that joins again is observed by a new one. */
record MemberObservers(Function<Member, CallObserver> of) implements CallObserver.Factory {
    @Override
    public CallObserver observe(Member member) {
        return of.apply(member);
    }

    @Override
    public CallObserver observe(Server server) {
        throw new IllegalStateException("members are observed, not servers");
    }
}
