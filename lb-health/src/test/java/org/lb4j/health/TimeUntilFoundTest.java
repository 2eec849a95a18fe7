package org.lb4j.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.lb4j.health.HealthEvent.Kind;

/** How long it takes until a server that has gone bad is ejected: the times of docs/health.md. */
final class TimeUntilFoundTest {
    private static final int RUNS = 400;

    /** One of ten servers, the others fail one call in a hundred; calls are evenly spaced. Seconds. */
    @ParameterizedTest
    @CsvSource({
        // error rate, calls a second and server, median, p95
        "1.00, 10, 0.6, 0.7",
        "0.30, 10, 5.7, 7.9",
        "0.15, 10, 11.6, 35.9",
        "0.10, 10, 67.1, 260.9",
        "0.10, 100, 9.5, 16.3",
    })
    void aServerThatGoesBadIsFound(double rate, int perSecond, double median, double p95) {
        double[] seconds = new double[RUNS];
        Random seeds = new Random(World.SEED);
        for (int run = 0; run < RUNS; run++) seconds[run] = secondsUntilFound(rate, perSecond, seeds.nextLong());
        Arrays.sort(seconds);
        // The seeds are fixed: whoever changes a rule changes the figures here and there.
        assertThat(List.of(tenths(seconds[RUNS / 2]), tenths(seconds[RUNS * 95 / 100])))
                .containsExactly(median, p95);
    }

    private static double tenths(double seconds) {
        return Math.round(10 * seconds) / 10.0;
    }

    private static double secondsUntilFound(double rate, int perSecond, long seed) {
        World world = World.of(10);
        OutlierDetector.builder(world.pool)
                .scheduler(world.scheduler)
                .random(new Random(seed))
                .listener(world.events::add)
                .start();
        Traffic traffic = new Traffic(world).seed(seed).usually(0.01);
        traffic.run(10 * perSecond, 12 + (seed & 1023) / 1024.0); // a full window, and any moment between two sweeps
        traffic.errors("s0", rate);
        long since = world.now();
        while (world.events(Kind.EJECTED).isEmpty()) traffic.run(10 * perSecond, 0.1);
        HealthEvent found = world.events(Kind.EJECTED).get(0);
        assertThat(found.server().host()).isEqualTo("s0");
        return (found.nanos() - since) / 1e9;
    }
}
