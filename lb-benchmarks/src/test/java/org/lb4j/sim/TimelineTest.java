package org.lb4j.sim;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TimelineTest {
    private static final long SECOND = 1_000_000_000;

    @Test
    void workTakesItsTimeOnAServerThatIsWell() {
        assertThat(Timeline.WELL.finish(5 * SECOND, SECOND)).isEqualTo(6 * SECOND);
    }

    @Test
    void workGoesOnAtTheSpeedOfEachMoment() {
        Timeline slowFromTwo = Timeline.WELL.then(2, Condition.speed(0.5));
        assertThat(slowFromTwo.finish(SECOND, 2 * SECOND)).isEqualTo(4 * SECOND); // 1 s whole, 2 s half
    }

    @Test
    void workWaitsWhileTheServerHangs() {
        Timeline hangs = Timeline.WELL.then(2, Condition.speed(0)).then(7, Condition.WELL);
        assertThat(hangs.finish(SECOND, 2 * SECOND)).isEqualTo(8 * SECOND);
        assertThat(hangs.finish(3 * SECOND, SECOND)).isEqualTo(8 * SECOND);
    }
}
