package org.lb4j.testing;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.lb4j.Algorithm;
import org.lb4j.Member;
import org.lb4j.NoServerAvailableException;
import org.lb4j.Picker;
import org.lb4j.Roster;
import org.lb4j.SelectionContext;

/** The suite fails what breaks a rule: each defect is one that some load balancer has had. */
final class AlgorithmContractTest {
    @Test
    void weightsIgnored() {
        Algorithm flat = (roster, before) -> (context, now) -> at(roster, roster.draw());
        assertFails(new SuiteOf(flat)::weightsOneTwoThreeAreTheirShares);
    }

    @Test
    void exclusionIgnored() {
        Algorithm deaf = (roster, before) -> {
            Picker draw = new PlainDraw().compile(roster, before);
            return (context, now) -> draw.pick(SelectionContext.none(), now);
        };
        assertFails(() -> new SuiteOf(deaf).anExcludedMemberIsAvoidedAndTheOthersTakeItsShare(3));
    }

    @Test
    void theNeighbourOfAnExcludedMemberTakesItsWholeShare() {
        Algorithm neighbourly = (roster, before) -> (context, now) -> {
            long at = roster.draw() >>> 1;
            while (context.excludes(at(roster, at))) at = (at + 1) & Long.MAX_VALUE;
            return at(roster, at);
        };
        assertFails(() -> new SuiteOf(neighbourly).anExcludedMemberIsAvoidedAndTheOthersTakeItsShare(3));
    }

    @Test
    void tenTriesAndThenNobody() {
        Algorithm impatient = (roster, before) -> (context, now) -> {
            for (int tries = 0; tries < 10; tries++) {
                Member drawn = at(roster, roster.draw());
                if (!context.excludes(drawn)) return drawn;
            }
            return null;
        };
        assertFails(() -> new SuiteOf(impatient).theLastOneLeftIsFound(100));
    }

    @Test
    void theFirstListIsKeptForEver() {
        Algorithm stubborn = (roster, before) -> before != null ? before : new PlainDraw().compile(roster, null);
        assertFails(new SuiteOf(stubborn)::aMemberThatLeftGetsNothingAndOneThatCameBackItsShareAgain);
        assertFails(new SuiteOf(stubborn)::noPickIsOfAMemberThatHadLeftWhileListsChange);
    }

    @Test
    void anArrayAPick() {
        Algorithm lavish = (roster, before) -> (context, now) -> {
            int[] scores = new int[roster.size()];
            scores[(int) (now & 1)]++;
            return roster.member(scores[0]);
        };
        assertFails(() -> new SuiteOf(lavish).aPickAllocatesNothing(100));
    }

    private static Member at(Roster roster, long number) {
        return roster.member((int) Long.remainderUnsigned(number, roster.size()));
    }

    private static void assertFails(ThrowingCallable test) {
        assertThatThrownBy(test).isInstanceOfAny(AssertionError.class, NoServerAvailableException.class);
    }
}
