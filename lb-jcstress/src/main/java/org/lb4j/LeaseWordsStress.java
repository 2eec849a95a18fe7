package org.lb4j;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;

/** A call that is answered and ended at once leaves its words as if it had not been. */
@JCStressTest
@Outcome(
        id = "1, 1, 10",
        expect = Expect.ACCEPTABLE,
        desc = "Ended, and only the new call is counted, from its own start.")
@Outcome(expect = Expect.FORBIDDEN, desc = "Anything else.")
@State
public class LeaseWordsStress {
    private final Member member = Fresh.member();
    private final OpenLease lease = Fresh.lease(member);

    @Actor
    public void answer() {
        lease.answered();
    }

    @Actor
    public void end() {
        lease.end(org.lb4j.Outcome.SUCCESS);
    }

    /** A new call shows what a count below zero would hide. */
    @Arbiter
    public void after(III_Result r) {
        r.r1 = lease.ended() ? 1 : 0;
        member.begin(Fresh.START);
        r.r2 = member.inFlight();
        r.r3 = Fresh.ticks(member.meanAge(Fresh.START + 10 * Fresh.TICK));
    }
}
