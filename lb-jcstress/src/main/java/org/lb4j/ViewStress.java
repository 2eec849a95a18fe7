package org.lb4j;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.L_Result;

/** A view that is made while the pool changes is up to date. */
@JCStressTest
@Outcome(id = "b", expect = Expect.ACCEPTABLE, desc = "The change came before or after; the view knows it.")
@Outcome(expect = Expect.FORBIDDEN, desc = "Anything else.")
@State
public class ViewStress {
    private final ServerPool pool = ServerPool.of("a:80", "b:80");
    private Selector selector = pool.selector(Fresh.FIRST);

    @Actor
    public void change() {
        pool.hold("a:80", Hold.ADMIN);
    }

    @Actor
    public void view() {
        selector = pool.where(server -> true).selector(Fresh.FIRST);
    }

    @Arbiter
    public void after(L_Result r) {
        r.r1 = selector.next().host();
    }
}
