package org.lb4j.shape;

import java.util.Arrays;
import org.lb4j.Roster;
import org.lb4j.ServerPool;
import org.lb4j.ServerStatus;

/** Effective weights, in the order of the list. */
final class Weights {
    private Weights() {}

    static double[] of(Roster roster) {
        double[] weights = new double[roster.size()];
        Arrays.setAll(weights, roster::weight);
        return weights;
    }

    /** Each one's share of the traffic. */
    static double[] shares(Roster roster) {
        return shares(of(roster));
    }

    static double[] shares(double[] weights) {
        double sum = Arrays.stream(weights).sum();
        return Arrays.stream(weights).map(weight -> weight / sum).toArray();
    }

    /** As a pool has them now; applies what is due. */
    static double[] of(ServerPool pool) {
        return pool.status().stream().mapToDouble(ServerStatus::effectiveWeight).toArray();
    }

    static double of(ServerPool pool, String id) {
        return pool.status().stream()
                .filter(each -> each.server().id().equals(id))
                .mapToDouble(ServerStatus::effectiveWeight)
                .sum();
    }
}
