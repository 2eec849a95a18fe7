package org.lb4j.health;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lb4j.Hold;
import org.lb4j.Outcome;
import org.lb4j.health.HealthEvent.Kind;

/** The scenarios of passive detection, in virtual time. */
final class OutlierTest {
    private static OutlierDetector detector(World world) {
        OutlierDetector detector = OutlierDetector.builder(world.pool)
                .scheduler(world.scheduler)
                .random(new java.util.Random(World.SEED))
                .listener(world.events::add)
                .start();
        world.seconds(0);
        return detector;
    }

    @ParameterizedTest
    @ValueSource(ints = {10, 3, 2})
    void p1p2TwentyFiveFailuresInARowEjectAServer(int servers) {
        World world = World.of(servers);
        detector(world);
        new Traffic(world).usually(0).run(10 * servers, 20);
        int failures = 0;
        for (; !world.held("s0", Hold.OUTLIER) && failures < 100; failures++) {
            world.seconds(0.05);
            world.call("s0", Outcome.FAILURE);
            for (int i = 1; i < servers; i++) world.call("s" + i, Outcome.SUCCESS);
            world.seconds(0);
        }
        assertThat(failures).isBetween(5, 24);
        assertThat(world.events(Kind.EJECTED))
                .singleElement()
                .satisfies(event -> assertThat(event.server().host()).isEqualTo("s0"));
    }

    @Test
    void p3AServerAloneIsNeverEjected() {
        World world = World.of(1);
        detector(world);
        new Traffic(world).usually(1).run(20, 60);
        assertThat(world.events).isEmpty();
    }

    @Test
    void p7ThreeOfTenDeadAreAllEjected() {
        World world = World.of(10);
        detector(world);
        Traffic traffic = new Traffic(world).usually(0.01);
        traffic.run(100, 20);
        traffic.errors("s1", 1).errors("s4", 1).errors("s7", 1).run(100, 5);
        assertThat(world.events(Kind.EJECTED))
                .extracting(event -> event.server().host())
                .containsExactlyInAnyOrder("s1", "s4", "s7");
    }
}
