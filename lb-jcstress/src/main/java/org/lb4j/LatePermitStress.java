package org.lb4j;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZ_Result;

/** A permit that has run out and is given back late is not taken twice. */
@JCStressTest
@Outcome(id = "true, false", expect = Expect.ACCEPTABLE, desc = "The next call has it, and nobody else can take it.")
@Outcome(id = "false, true", expect = Expect.ACCEPTABLE, desc = "They met, and the call went elsewhere; it is free.")
@Outcome(expect = Expect.FORBIDDEN, desc = "Taken twice, or lost.")
@State
public class LatePermitStress {
    private final TrialPermit permit = Fresh.permit();
    private final TrialPermit.Taken old = permit.take(Fresh.START);

    @Actor
    public void endLate() {
        if (old != null) old.giveBack();
    }

    @Actor
    public void next(ZZ_Result r) {
        r.r1 = permit.take(Fresh.START + Fresh.PERMIT_FOR) != null;
    }

    @Arbiter
    public void after(ZZ_Result r) {
        r.r2 = permit.take(Fresh.START + Fresh.PERMIT_FOR) != null;
    }
}
