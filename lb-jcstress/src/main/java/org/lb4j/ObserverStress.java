package org.lb4j;

import java.util.concurrent.atomic.AtomicInteger;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/** An observer that is registered while a server joins observes each server once. */
@JCStressTest
@Outcome(id = "1, 1", expect = Expect.ACCEPTABLE, desc = "Each once.")
@Outcome(expect = Expect.FORBIDDEN, desc = "Anything else.")
@State
public class ObserverStress {
    private final ServerPool pool = ServerPool.of("a:80");
    private final AtomicInteger a = new AtomicInteger();
    private final AtomicInteger b = new AtomicInteger();

    @Actor
    public void register() {
        pool.onCall(server -> {
            (server.host().equals("a") ? a : b).incrementAndGet();
            return (start, answered, now, outcome) -> {};
        });
    }

    @Actor
    public void join() {
        pool.update(Fresh.LIST_OF_A_AND_B);
    }

    @Arbiter
    public void after(II_Result r) {
        r.r1 = a.get();
        r.r2 = b.get();
    }
}
