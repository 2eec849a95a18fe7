package org.lb4j.algorithm;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.lb4j.Algorithm;
import org.lb4j.Picker;
import org.lb4j.Roster;
import org.lb4j.SelectionContext;
import org.lb4j.Selector;
import org.lb4j.Server;
import org.lb4j.ServerPool;
import org.lb4j.testing.Pools;
import org.lb4j.testing.Rosters;
import org.lb4j.testing.Servers;

final class RoundRobinTest {
    private static final long NEARLY_THE_LAST = Long.MAX_VALUE - 3;

    @ParameterizedTest
    @CsvSource({
        "a b c d e, abcde",
        "a*5 b c, aabacaa",
        "a b*2, bab",
        "a*4 b*3 c*2, abcabacba",
        "a*3 b, aaba",
        "a*50 b*10 c*10, aabacaa"
    })
    void theOrderIsThePublishedOneFromAnyStart(String members, String order) {
        Selector selector = Pools.of(members.split(" ")).selector(Algorithms.roundRobin());
        String twice = order + order;
        assertThat(twice).contains(letters(selector, order.length()));
        assertThat(twice).contains(letters(selector, order.length()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a b c", "a*5 b c", "a*1000 b c", "a*1000000 b*3 c"})
    void theEndOfTheNumbersIsNoHiccup(String members) {
        Roster roster = Rosters.of(members.split(" "));
        Picker old = RoundRobin.of(roster, new Cursor(roster, NEARLY_THE_LAST));
        long cycle = 0;
        for (int i = 0; i < 3; i++) cycle += (long) roster.weight(i);
        int[] counts = new int[3];
        for (long i = 0; i < cycle; i++) counts[indexOf(roster, old)]++;
        for (int i = 0; i < 3; i++) assertThat((double) counts[i]).isEqualTo(roster.weight(i));
    }

    @Test
    void anyOneThousandAndTwoPicksHoldOneOneAndAThousand() {
        ServerPool pool = Pools.of("a", "b", "c*1000");
        Selector selector = pool.selector(Algorithms.roundRobin());
        for (int window = 0; window < 20; window++) {
            assertThat(Picks.of(pool, 1002, selector::next).counts()).containsExactly(1, 1, 1000);
            Picks.of(pool, 53, selector::next); // the next window begins elsewhere
        }
    }

    @Test
    void aMillionAndTwoPicksHoldOneOneAndAMillion() {
        ServerPool pool = Pools.of("a", "b", "c*1000000");
        assertThat(Picks.of(pool, Algorithms.roundRobin(), 1_000_002).counts()).containsExactly(1, 1, 1_000_000);
    }

    @Test
    void eachOf128MembersOfWeightOneTo128ComesAsOften() {
        int[] weights = new int[128];
        for (int i = 0; i < weights.length; i++) weights[i] = i + 1;
        ServerPool pool = Fleet.weighing(weights);
        assertThat(Picks.of(pool, Algorithms.roundRobin(), 8256).counts()).containsExactly(weights);
    }

    /** Equal weights, a written order, strides of whole and of real weights. */
    @Test
    void firstPicksOfManyFreshSelectorsFollowTheWeights() {
        double[][] fleets = {{1, 1, 1, 1}, {5, 1, 1}, {1, 1, 1000}, {0.3, 1, 2.75}, {100, 5000, 900, 1}};
        for (double[] weights : fleets) {
            ServerPool pool = Fleet.shaped(weights);
            Roster roster = Rosters.of(pool);
            Picks.of(pool, 10_000, () -> pick(Algorithms.roundRobin().compile(roster, null)))
                    .fit(weights);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"a b c d", "a*5 b c", "a*10000 b c*33"})
    void aCompileOfTheSameRosterInMidCycleChangesNothing(String members) {
        Roster roster = Rosters.of(members.split(" "));
        Picker undisturbed = RoundRobin.of(roster, new Cursor(roster, 1));
        Picker recompiled = RoundRobin.of(roster, new Cursor(roster, 1));
        for (int i = 0; i < 1000; i++) {
            if (i % 3 == 0) recompiled = Algorithms.roundRobin().compile(roster, recompiled);
            assertThat(pick(recompiled)).isEqualTo(pick(undisturbed));
        }
    }

    @Test
    void twoSelectorsOfOneAlgorithmCalledInTurnEachReachAllServers() {
        Algorithm algorithm = Algorithms.roundRobin();
        ServerPool pool = Pools.of("a", "b");
        Selector one = pool.selector(algorithm);
        Selector other = pool.selector(algorithm);
        Set<Server> byOne = new HashSet<>();
        Set<Server> byOther = new HashSet<>();
        for (int i = 0; i < 2; i++) {
            byOne.add(one.next());
            byOther.add(other.next());
        }
        assertThat(byOne).hasSize(2);
        assertThat(byOther).hasSize(2);
    }

    @Test
    void aListThatComesAndGoesRestartsNobodyAtTheFirstServer() {
        List<Server> ten = Servers.weighing(1, 1, 1, 1, 1, 1, 1, 1, 1, 1);
        ServerPool pool = ServerPool.of(ten);
        Selector selector = pool.selector(Algorithms.roundRobin());
        Picks picks = new Picks(pool);
        for (int deployment = 0; deployment < 1000; deployment++) {
            pool.update(ten.subList(0, 9));
            for (int i = 0; i < 2; i++) picks.count(selector.next());
            pool.update(ten);
            for (int i = 0; i < 2; i++) picks.count(selector.next());
        }
        for (int i = 0; i < 9; i++) assertThat(picks.counts()[i]).isBetween(428, 429);
        assertThat(picks.of("s9")).isBetween(100, 200); // it is passed over whenever it left just when its turn came
    }

    private static Server pick(Picker picker) {
        return picker.pick(SelectionContext.none(), 0).server();
    }

    private static int indexOf(Roster roster, Picker picker) {
        Server picked = pick(picker);
        for (int i = 0; i < roster.size(); i++) if (roster.member(i).server().equals(picked)) return i;
        throw new AssertionError(picked + " is not in " + roster);
    }

    private static String letters(Selector selector, int picks) {
        StringBuilder letters = new StringBuilder();
        for (int i = 0; i < picks; i++) letters.append(selector.next().id());
        return letters.toString();
    }
}
