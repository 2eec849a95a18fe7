package org.lb4j;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/** Whoever looks twice sees no older standing the second time. */
@JCStressTest
@Outcome(
        id = {"1, 1", "1, 2", "1, 3", "2, 2", "2, 3", "3, 3"},
        expect = Expect.ACCEPTABLE,
        desc = "Versions only grow.")
@Outcome(expect = Expect.FORBIDDEN, desc = "Anything else.")
@State
public class StandingReadStress {
    private final Member member = Fresh.member();

    private Standing standing(int version) {
        return member.standing().described(version, member.server(), 0);
    }

    @Actor
    public void change() {
        member.stand(standing(3));
        member.stand(standing(2));
    }

    @Actor
    public void read(II_Result r) {
        r.r1 = (int) member.standing().version();
        r.r2 = (int) member.standing().version();
    }
}
