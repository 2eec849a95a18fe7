package org.lb4j;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.Z_Result;

/** A selector that is made while the pool closes is closed too. */
@JCStressTest
@Outcome(id = "true", expect = Expect.ACCEPTABLE, desc = "It refuses.")
@Outcome(expect = Expect.FORBIDDEN, desc = "Anything else.")
@State
public class CloseStress {
    private final ServerPool pool = ServerPool.of("a:80", "b:80");
    private Selector selector = pool.selector(Fresh.FIRST);

    @Actor
    public void close() {
        pool.close();
    }

    @Actor
    public void select() {
        try {
            selector = pool.selector(Fresh.FIRST);
        } catch (IllegalStateException closed) {
            // it was closed before
        }
    }

    @Arbiter
    public void after(Z_Result r) {
        try {
            selector.next();
        } catch (IllegalStateException closed) {
            r.r1 = true;
        }
    }
}
