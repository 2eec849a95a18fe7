package org.lb4j;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;

/** A stream that is closed by one thread and ended by another ends once. */
@JCStressTest
@Outcome(id = "1, 1, 10", expect = Expect.ACCEPTABLE, desc = "One verdict, and only the new call is counted.")
@Outcome(expect = Expect.FORBIDDEN, desc = "Anything else.")
@State
public class LeaseCloseStress {
    private final Member member = Fresh.member();
    private final OpenLease lease = Fresh.lease(member);
    private boolean ended;
    private boolean cancelled;

    @Actor
    public void answerAndEnd() {
        lease.answered();
        ended = lease.finish(org.lb4j.Outcome.SUCCESS);
    }

    @Actor
    public void cancel() {
        cancelled = lease.finish(org.lb4j.Outcome.CANCELLED);
    }

    @Arbiter
    public void after(III_Result r) {
        r.r1 = (ended ? 1 : 0) + (cancelled ? 1 : 0);
        member.begin(Fresh.START);
        r.r2 = member.inFlight();
        r.r3 = Fresh.ticks(member.meanAge(Fresh.START + 10 * Fresh.TICK));
    }
}
