package org.lb4j;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZ_Result;

/** A lease that two threads end is ended by one of them. */
@JCStressTest
@Outcome(
        id = {"true, false", "false, true"},
        expect = Expect.ACCEPTABLE,
        desc = "One verdict.")
@Outcome(expect = Expect.FORBIDDEN, desc = "None or two.")
@State
public class LeaseEndStress {
    private static final Selector ONE =
            ServerPool.of("10.0.0.1:80").selector((roster, before) -> (context, now) -> roster.member(0));

    private final OpenLease lease = (OpenLease) ONE.acquire();

    @Actor
    public void caller(ZZ_Result r) {
        r.r1 = lease.finish(org.lb4j.Outcome.SUCCESS);
    }

    @Actor
    public void canceller(ZZ_Result r) {
        r.r2 = lease.finish(org.lb4j.Outcome.CANCELLED);
    }
}
