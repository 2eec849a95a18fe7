package org.lb4j;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;

/** A striped total that begins while calls begin and end returns to nothing. */
@JCStressTest
@Outcome(id = "0", expect = Expect.ACCEPTABLE, desc = "Nothing is in flight.")
@Outcome(expect = Expect.FORBIDDEN, desc = "Anything else.")
@State
public class TotalStress {
    private final Member member = Fresh.member();

    @Actor
    public void call() {
        boolean counted = member.ledger().count();
        member.begin(Fresh.START);
        new OpenLease(member, Fresh.START, counted, null).success();
    }

    @Actor
    public void ask() {
        member.ledger().countFromNow();
    }

    @Arbiter
    public void after(I_Result r) {
        r.r1 = (int) member.ledger().countFromNow().sum();
    }
}
