package org.lb4j;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LLI_Result;

/** Of two changes at once none is lost, and each is seen by whoever made it. */
@JCStressTest
@Outcome(
        id = "[bc], [ac], 3",
        expect = Expect.ACCEPTABLE,
        desc = "Neither author saw its own server any more; both holds are there.")
@Outcome(expect = Expect.FORBIDDEN, desc = "Anything else.")
@State
public class TwoChangesStress {
    private final ServerPool pool = ServerPool.of("a:80", "b:80", "c:80");
    private final Selector selector = pool.selector(Fresh.FIRST);

    @Actor
    public void holdA(LLI_Result r) {
        pool.hold("a:80", Hold.ADMIN);
        r.r1 = selector.next().host();
    }

    @Actor
    public void holdB(LLI_Result r) {
        pool.hold("b:80", Hold.ADMIN);
        r.r2 = selector.next().host();
    }

    @Arbiter
    public void after(LLI_Result r) {
        r.r3 = selector.next().host().charAt(0) - '`'; // a: 1, b: 2, c: 3
    }
}
