package org.lb4j;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZ_Result;

/** Of two calls one takes the permit of a server on trial. */
@JCStressTest
@Outcome(
        id = {"true, false", "false, true"},
        expect = Expect.ACCEPTABLE,
        desc = "One has it.")
@Outcome(expect = Expect.FORBIDDEN, desc = "Anything else.")
@State
public class TrialPermitStress {
    private final TrialPermit permit = Fresh.permit();

    @Actor
    public void one(ZZ_Result r) {
        r.r1 = permit.take(Fresh.START) != null;
    }

    @Actor
    public void other(ZZ_Result r) {
        r.r2 = permit.take(Fresh.START) != null;
    }
}
