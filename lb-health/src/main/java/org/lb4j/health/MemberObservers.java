package org.lb4j.health;

import java.util.function.Function;
import org.lb4j.CallObserver;
import org.lb4j.Member;
import org.lb4j.Outcome;
import org.lb4j.Server;

/**
 * An observer for each member, which tells the entry that its member has now. A server that joins again is another member; but
 * one that leaves a view and is back has a new entry and the observer of old, since it never left the pool.
 */
record MemberObservers(Function<Member, ? extends Entry> of) implements CallObserver.Factory {
    /** What is known of one member. */
    interface Entry {
        CallObserver calls();

        /** It was forgotten: nobody looks at it any more. */
        boolean over();
    }

    @Override
    public CallObserver observe(Member member) {
        return new Relay(member, of);
    }

    @Override
    public CallObserver observe(Server server) {
        throw new IllegalStateException("members are observed, not servers");
    }

    private static final class Relay implements CallObserver {
        private final Member member;
        private final Function<Member, ? extends Entry> of;
        private volatile Entry entry;

        Relay(Member member, Function<Member, ? extends Entry> of) {
            this.member = member;
            this.of = of;
            this.entry = of.apply(member);
        }

        @Override
        public void onEnd(long startNanos, long answeredNanos, long nowNanos, Outcome outcome) {
            Entry now = entry;
            if (now.over()) {
                now = of.apply(member);
                entry = now;
            }
            now.calls().onEnd(startNanos, answeredNanos, nowNanos, outcome);
        }
    }
}
