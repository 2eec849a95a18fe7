package org.lb4j.algorithm;

import java.util.Arrays;
import org.lb4j.Roster;
import org.lb4j.ServerPool;
import org.lb4j.testing.ManualTicker;
import org.lb4j.testing.Pools;
import org.lb4j.testing.Rosters;
import org.lb4j.testing.Servers;

/** Pools of servers s0, s1 and so on. */
final class Fleet {
    private Fleet() {}

    static ServerPool equal(int servers) {
        int[] ones = new int[servers];
        Arrays.fill(ones, 1);
        return weighing(ones);
    }

    static ServerPool weighing(int... weights) {
        return weighing(new ManualTicker(), weights);
    }

    static ServerPool weighing(ManualTicker ticker, int... weights) {
        return Pools.settings(ticker).servers(Servers.weighing(weights)).build();
    }

    /** Of any weights, as a shaper makes them. */
    static ServerPool shaped(double... weights) {
        int[] ones = new int[weights.length];
        Arrays.fill(ones, 1);
        return Pools.settings(new ManualTicker())
                .servers(Servers.weighing(ones))
                .shaper(roster -> roster.withWeights(weights))
                .build();
    }

    static Roster rosterOf(double... weights) {
        return Rosters.of(shaped(weights));
    }

    static double[] ones(int many) {
        double[] ones = new double[many];
        Arrays.fill(ones, 1);
        return ones;
    }

    static int[] ints(String list) {
        return Arrays.stream(list.trim().split(" +"))
                .mapToInt(Integer::parseInt)
                .toArray();
    }

    static double[] doubles(int... numbers) {
        return Arrays.stream(numbers).asDoubleStream().toArray();
    }
}
