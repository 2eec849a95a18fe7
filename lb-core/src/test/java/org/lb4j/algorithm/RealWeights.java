package org.lb4j.algorithm;

import java.util.Arrays;
import org.lb4j.Roster;
import org.lb4j.ServerPool;
import org.lb4j.testing.ManualTicker;
import org.lb4j.testing.Pools;
import org.lb4j.testing.Rosters;
import org.lb4j.testing.Servers;

/** Pools whose effective weights are any numbers, as a shaper makes them: servers s0, s1 and so on. */
final class RealWeights {
    private RealWeights() {}

    static ServerPool pool(double... weights) {
        int[] ones = new int[weights.length];
        Arrays.fill(ones, 1);
        return Pools.settings(new ManualTicker())
                .servers(Servers.weighing(ones))
                .shaper(roster -> roster.withWeights(weights))
                .build();
    }

    static Roster roster(double... weights) {
        return Rosters.of(pool(weights));
    }
}
