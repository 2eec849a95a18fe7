package org.lb4j;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;

/** A call that gets its answer is in flight all the while. */
@JCStressTest
@Outcome(id = "1", expect = Expect.ACCEPTABLE, desc = "Waiting, or streaming.")
@Outcome(id = "2", expect = Expect.ACCEPTABLE, desc = "Seen in both words: it moves on before it lets go.")
@Outcome(
        id = "0",
        expect = Expect.ACCEPTABLE_INTERESTING,
        desc = "The words were read the other way round: one unlucky pick.")
@Outcome(expect = Expect.FORBIDDEN, desc = "Anything else.")
@State
public class AnsweredCallStress {
    private final Member member = Fresh.member();
    private final OpenLease lease = Fresh.lease(member);

    @Actor
    public void answer() {
        lease.answered();
    }

    @Actor
    public void read(I_Result r) {
        r.r1 = member.inFlight();
    }
}
