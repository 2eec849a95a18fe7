package org.lb4j;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;

/** Count and sum of the waiting calls are of one moment: all began at once, so their mean age is one. */
@JCStressTest
@Outcome(id = "0", expect = Expect.ACCEPTABLE, desc = "Nobody waits.")
@Outcome(id = "10", expect = Expect.ACCEPTABLE, desc = "All have waited that long.")
@Outcome(expect = Expect.FORBIDDEN, desc = "Anything else.")
@State
public class WaitingAgeStress {
    private final Member member = Fresh.member();

    @Actor
    public void call() {
        member.begin(Fresh.START);
        member.begin(Fresh.START);
        member.endWaiting(Fresh.START);
    }

    @Actor
    public void read(I_Result r) {
        r.r1 = Fresh.ticks(member.meanAge(Fresh.START + 10 * Fresh.TICK));
    }
}
