package org.lb4j;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LL_Result;

/** Of two who hold one server at once each sees it held, also the one who finds it done. */
@JCStressTest
@Outcome(id = "b, b", expect = Expect.ACCEPTABLE, desc = "Both pick the other server.")
@Outcome(expect = Expect.FORBIDDEN, desc = "Anything else.")
@State
public class SameHoldStress {
    private final ServerPool pool = ServerPool.of("a:80", "b:80");
    private final Selector selector = pool.selector(Fresh.FIRST);

    @Actor
    public void one(LL_Result r) {
        pool.hold("a:80", Hold.ADMIN);
        r.r1 = selector.next().host();
    }

    @Actor
    public void other(LL_Result r) {
        pool.hold("a:80", Hold.ADMIN);
        r.r2 = selector.next().host();
    }
}
