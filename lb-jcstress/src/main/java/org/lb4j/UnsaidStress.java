package org.lb4j;

import java.util.concurrent.atomic.AtomicInteger;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;

/** Of two leases that are closed at once without a verdict one is told. */
@JCStressTest
@Outcome(id = "1", expect = Expect.ACCEPTABLE, desc = "The first one.")
@Outcome(expect = Expect.FORBIDDEN, desc = "Anything else.")
@State
public class UnsaidStress {
    private final ServerPool pool = ServerPool.of("a:80");
    private final AtomicInteger told = new AtomicInteger();
    private final Selector selector = pool.selector(Fresh.FIRST);
    private final Lease one = selector.acquire();
    private final Lease other = selector.acquire();

    {
        pool.onChange(event -> told.incrementAndGet());
    }

    @Actor
    public void closeOne() {
        one.close();
    }

    @Actor
    public void closeOther() {
        other.close();
    }

    @Arbiter
    public void after(I_Result r) {
        r.r1 = told.get();
    }
}
