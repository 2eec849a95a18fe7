package org.lb4j;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZL_Result;

/** A pick that begins after a server has left does not see it. */
@JCStressTest
@Outcome(
        id = {"false, a", "false, b", "true, b"},
        expect = Expect.ACCEPTABLE,
        desc = "The pick was earlier, or saw the change.")
@Outcome(expect = Expect.FORBIDDEN, desc = "Anything else.")
@State
public class PublicationStress {
    private final ServerPool pool = ServerPool.of("a:80", "b:80");
    private final Selector selector = pool.selector(Fresh.FIRST);
    private volatile boolean left;

    @Actor
    public void change() {
        pool.update(Fresh.LIST_OF_B);
        left = true;
    }

    @Actor
    public void pick(ZL_Result r) {
        r.r1 = left;
        r.r2 = selector.next().host();
    }
}
