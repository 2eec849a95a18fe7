package org.lb4j.health;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.lb4j.Hold;
import org.lb4j.health.HealthEvent.Kind;

/** A checker and a detector over one pool, which do not agree. */
final class TogetherTest {
    @Test
    void p17AServerWhoseProbesPassWhileItsCallsFailStaysEjected() {
        World world = World.of(10);
        HealthChecker checker = world.checker();
        OutlierTest.detector(world);
        Traffic traffic = new Traffic(world).errors("s0", 1);
        traffic.run(100, 10);
        for (int second = 10; second < 120; second++) {
            assertThat(world.held("s0", Hold.OUTLIER)).isTrue();
            traffic.run(100, 1);
        }
        assertThat(world.asked("s0")).isGreaterThan(10);
        assertThat(checker.status().get(0).state()).isEqualTo(CheckState.UP);
        assertThat(world.events(Kind.DOWN)).isEmpty();
        assertThat(world.events(Kind.EJECTED).size()).isGreaterThan(2);
        assertThat(world.events(Kind.RETURNED)).isEmpty();
        assertThat(traffic.calls("s0")).isLessThan(60);
    }

    @Test
    void p18ProbesThatFailWhileCallsSucceedTakeOutOneButOfAllPanicServes() {
        World world = World.of(4);
        world.checker(settings -> settings.suppression(false));
        OutlierTest.detector(world);
        world.fails("s0");
        Traffic traffic = new Traffic(world);
        traffic.run(40, 30);
        assertThat(world.picks(30)).containsOnlyKeys("s1", "s2", "s3");
        for (int i = 1; i < 4; i++) world.fails("s" + i);
        traffic.run(40, 30);
        assertThat(world.held("s0", Hold.CHECK)).isTrue();
        assertThat(world.pool.panic()).isTrue();
        assertThat(world.picks(40)).hasSize(4);
        assertThat(world.events(Kind.EJECTED)).isEmpty();
    }
}
