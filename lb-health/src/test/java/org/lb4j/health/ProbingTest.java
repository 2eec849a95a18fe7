package org.lb4j.health;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.lb4j.Hold;
import org.lb4j.health.HealthEvent.Kind;

/** The scenarios of rise and fall, in virtual time. */
final class ProbingTest {
    private static final ProbeResult PASS = ProbeResult.pass();
    private static final ProbeResult FAIL = ProbeResult.fail(Reason.STATUS, "status 500");

    private final World world = new World("a", "b", "c");

    @Test
    void h1TwoFailuresOfThreeChangeNothing() {
        HealthChecker checker = world.checker();
        world.untilAsked("a", 3);
        world.answersInTurn("a", FAIL, FAIL, PASS);
        world.untilAsked("a", 6);
        assertThat(world.events(Kind.DOWN)).isEmpty();
        assertThat(world.held("a", Hold.CHECK)).isFalse();
        assertThat(checker.status().get(0).streak()).isZero();
        assertThat(world.picks(30)).containsEntry("a", 10);
    }

    @Test
    void h2ThreeFailuresInARowTakeAServerOutOnce() {
        world.checker();
        world.untilAsked("a", 3);
        world.fails("a");
        world.untilAsked("a", 4);
        long first = world.now();
        while (world.events(Kind.DOWN).isEmpty()) world.seconds(0.01);
        assertThat(world.now() - first).isLessThan(4_000_000_000L); // 3 transitional intervals and a timeout
        world.seconds(600);
        assertThat(world.events(Kind.DOWN)).hasSize(1);
        HealthEvent down = world.events(Kind.DOWN).get(0);
        assertThat(down.server().host()).isEqualTo("a");
        assertThat(down.evidence()).isEqualTo("3 probes failed in a row, last STATUS status 500");
        assertThat(world.picks(30)).containsOnlyKeys("b", "c");
    }

    @Test
    void h3ADownServerIsBackOnlyAfterTwoPassesInARow() {
        world.fails("a");
        world.checker();
        while (world.events(Kind.DOWN).isEmpty()) world.seconds(0.1);
        int asked = world.asked("a");
        world.answersInTurn("a", PASS, FAIL, PASS, PASS);
        world.untilAsked("a", asked + 3);
        assertThat(world.held("a", Hold.CHECK)).isTrue();
        world.untilAsked("a", asked + 4);
        assertThat(world.held("a", Hold.CHECK)).isFalse();
        world.seconds(60);
        assertThat(world.events(Kind.UP).stream().filter(e -> e.server().host().equals("a")))
                .singleElement()
                .satisfies(up -> assertThat(up.evidence()).isEqualTo("2 probes passed in a row"));
    }
}
