package org.lb4j.algorithm;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.lb4j.Algorithm;
import org.lb4j.Member;
import org.lb4j.SelectionContext;
import org.lb4j.Selector;
import org.lb4j.Server;
import org.lb4j.ServerPool;

/** A retry takes from those who are left by weight: who sends it to the neighbour doubles the neighbour's load. */
final class ExclusionTest {
    private static final int PICKS = 40_000;

    private static final List<double[]> FLEETS = List.of(
            Fleet.ones(4),
            Fleet.ones(8),
            Fleet.ones(24),
            new double[] {1, 2, 3, 6},
            new double[] {100, 1, 1, 1},
            new double[] {0.5, 2.5, 1, 1, 3});

    static Stream<Arguments> fleets() {
        return Every.spreading().flatMap(each -> FLEETS.stream().map(weights -> Arguments.of(each, weights)));
    }

    @ParameterizedTest
    @MethodSource("fleets")
    void whoIsExcludedLeavesTheOthersTheirProportions(Algorithm algorithm, double[] weights) {
        ServerPool pool = Fleet.shaped(weights);
        Selector selector = pool.selector(algorithm);
        double[] left = weights.clone();
        SelectionContext context = SelectionContext.none();
        for (int excluded = 0; excluded < 2; excluded++) {
            context = context.excluding(server(pool, excluded));
            left[excluded] = 0;
            SelectionContext retry = context;
            Picks.of(pool, PICKS, () -> selector.next(retry)).fit(left);
        }
    }

    private static Server server(ServerPool pool, int index) {
        Member member = pool.members().get(index);
        return member.server();
    }
}
