package org.lb4j.algorithm;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/** Two threads that take turns get two places, or one of them a cell of its own. */
@JCStressTest
@Outcome(
        id = {"0, 1", "1, 0"},
        expect = Expect.ACCEPTABLE,
        desc = "One after the other.")
@Outcome(
        id = "[0-3], [0-3]",
        expect = Expect.ACCEPTABLE_INTERESTING,
        desc = "They met: the loser goes on from its own start.")
@Outcome(expect = Expect.FORBIDDEN, desc = "Anything else.")
@State
public class CursorStress {
    private final Cursor cursor = new Cursor(Dice.ROSTER, 0);

    @Actor
    public void one(II_Result r) {
        r.r1 = (int) cursor.next(1, 4);
    }

    @Actor
    public void other(II_Result r) {
        r.r2 = (int) cursor.next(1, 4);
    }
}
