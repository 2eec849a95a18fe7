package org.lb4j;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.IL_Result;

/** Of two holds of one server at once none is lost. */
@JCStressTest
@Outcome(id = "6, b", expect = Expect.ACCEPTABLE, desc = "DRAIN and CHECK are set, and the other server is picked.")
@Outcome(expect = Expect.FORBIDDEN, desc = "Anything else.")
@State
public class TwoHoldsStress {
    private final ServerPool pool = ServerPool.of("a:80", "b:80");
    private final Selector selector = pool.selector(Fresh.FIRST);

    @Actor
    public void drain() {
        pool.hold("a:80", Hold.DRAIN);
    }

    @Actor
    public void check() {
        pool.hold("a:80", Hold.CHECK);
    }

    @Arbiter
    public void after(IL_Result r) {
        Member member = pool.member("a:80");
        r.r1 = member == null ? -1 : member.holds();
        r.r2 = selector.next().host();
    }
}
