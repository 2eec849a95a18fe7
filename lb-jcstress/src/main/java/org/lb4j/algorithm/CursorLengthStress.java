package org.lb4j.algorithm;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/** Whoever has a shorter cycle than the last thread gets a place inside its own. */
@JCStressTest
@Outcome(id = "[0-9], [0-2]", expect = Expect.ACCEPTABLE, desc = "Each inside its cycle.")
@Outcome(expect = Expect.FORBIDDEN, desc = "Anything else.")
@State
public class CursorLengthStress {
    private final Cursor cursor = new Cursor(Dice.ROSTER, 9);

    @Actor
    public void longer(II_Result r) {
        r.r1 = (int) cursor.next(1, 10);
    }

    @Actor
    public void shorter(II_Result r) {
        r.r2 = (int) cursor.next(1, 3);
    }
}
