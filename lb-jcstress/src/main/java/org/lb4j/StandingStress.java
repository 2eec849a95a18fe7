package org.lb4j;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/** Of two changes of one member the newer one stays, whoever writes last, and its server agrees with it. */
@JCStressTest
@Outcome(id = "3, 3", expect = Expect.ACCEPTABLE, desc = "Version 3 and its server.")
@Outcome(expect = Expect.FORBIDDEN, desc = "Anything else.")
@State
public class StandingStress {
    private final Member member = Fresh.member();
    private final Standing older = standing(2);
    private final Standing newer = standing(3);

    private Standing standing(int version) {
        return member.standing().described(version, member.server().withWeight(version), 0);
    }

    @Actor
    public void change() {
        member.stand(older);
    }

    @Actor
    public void changeAgain() {
        member.stand(newer);
    }

    @Arbiter
    public void after(II_Result r) {
        r.r1 = (int) member.standing().version();
        r.r2 = member.server().weight();
    }
}
