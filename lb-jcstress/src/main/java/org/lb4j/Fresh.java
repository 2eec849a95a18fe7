package org.lb4j;

import java.time.Duration;
import java.util.List;

/** Small parts of a pool, new for each trial. */
final class Fresh {
    /** What the clock of all of them shows. */
    static final long START = 1L << 40;

    /** What ages are rounded to. */
    static final long TICK = 1L << 14;

    static final long PERMIT_FOR = 1000;

    static final List<Server> LIST_OF_B = List.of(Server.of("b:80"));
    static final List<Server> LIST_OF_A_AND_B = List.of(Server.of("a:80"), Server.of("b:80"));

    /** The first server of the list. */
    static final Algorithm FIRST = (roster, before) -> (context, now) -> roster.member(0);

    private static final Decay DECAY = Decay.over(Duration.ofSeconds(10));

    private Fresh() {}

    /** A member of version 1 that no call knows. */
    static Member member() {
        return new Member(new Ledger(() -> START, new Chance(1L), DECAY), Server.of("a:80"), 0, 1, START);
    }

    /** A call in flight. */
    static OpenLease lease(Member member) {
        member.begin(START);
        return new OpenLease(member, START, false, null);
    }

    /** The permit of a server on trial. */
    static TrialPermit permit() {
        ServerPool pool = ServerPool.of("a:80", "b:80");
        pool.hold("a:80", Hold.OUTLIER);
        Trial trial = pool.trial("a:80", Duration.ofNanos(PERMIT_FOR));
        if (trial instanceof TrialPermit permit) return permit;
        throw new IllegalStateException("no trial");
    }

    static int ticks(double nanos) {
        return (int) (nanos / TICK);
    }
}
