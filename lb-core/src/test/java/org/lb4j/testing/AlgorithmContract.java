package org.lb4j.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lb4j.Algorithm;
import org.lb4j.NoServerAvailableException;
import org.lb4j.SelectionContext;
import org.lb4j.Selector;
import org.lb4j.Server;
import org.lb4j.ServerPool;

/**
 * What every algorithm must do, whatever it is good at. A subclass of three lines runs all of it:
 *
 * <pre>{@code
 * final class RandomContractTest extends AlgorithmContract {
 *     RandomContractTest() { super(Algorithms::random); }
 * }
 * }</pre>
 *
 * <p>An algorithm that follows a key overrides {@link #context} and {@link #unevenness}; one that looks at latencies
 * overrides {@link #ignoresLatency}; one with its own idea of weights overrides {@link #shares}.
 *
 * <p>Shares are counted over {@value #CALLS} calls, one after another, of equal latency. A count may be off by 6 standard
 * deviations of independent draws, which one of a thousand counts exceeds with a chance below 2 * 10^-6.
 */
public abstract class AlgorithmContract {
    private static final int CALLS = 30_000;
    private static final double DEVIATIONS = 6;

    private final Supplier<Algorithm> algorithm;

    /**
     * A suite.
     *
     * @param algorithm makes the algorithm anew
     */
    protected AlgorithmContract(Supplier<Algorithm> algorithm) {
        this.algorithm = algorithm;
    }

    /**
     * What a call wants: a key of its own, for an algorithm that follows keys.
     *
     * @param call its number
     * @return no wish unless overridden
     */
    protected SelectionContext context(int call) {
        return SelectionContext.none();
    }

    /**
     * How uneven the algorithm may be beyond chance: a table made of hashes is.
     *
     * @param members how many
     * @return by which part of its share a member's calls may be off; 0 unless overridden
     */
    protected double unevenness(int members) {
        return 0;
    }

    /**
     * Whether the shares are by weight when one call follows another. An algorithm that learns latencies strays from that:
     * then a heavier member must only not get less than a lighter one.
     *
     * @return true unless overridden
     */
    protected boolean ignoresLatency() {
        return true;
    }

    /**
     * Which share of the calls each member should get.
     *
     * @param weights of the members in order of the list; 0 for one that is excluded
     * @return in proportion to the weights unless overridden
     */
    protected double[] shares(double[] weights) {
        double sum = 0;
        for (double weight : weights) sum += weight;
        double[] shares = new double[weights.length];
        for (int i = 0; i < shares.length; i++) shares[i] = weights[i] / sum;
        return shares;
    }

    @Test
    final void nobodyIsNoServer() {
        Selector selector = Pools.of().selector(algorithm.get());
        assertThatThrownBy(() -> selector.next(context(0))).isInstanceOf(NoServerAvailableException.class);
        assertThatThrownBy(() -> selector.acquire(context(0))).isInstanceOf(NoServerAvailableException.class);
    }

    @Test
    final void theOnlyMemberTakesEveryCall() {
        assertThat(calls(Servers.weighing(3)).of("s0")).isEqualTo(CALLS);
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 100})
    final void equalWeightsAreEqualShares(int members) {
        calls(Servers.weighing(equal(members))).fit();
    }

    @Test
    final void weightsOneTwoThreeAreTheirShares() {
        calls(Servers.weighing(1, 2, 3)).fit();
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 100})
    final void weightZeroGetsNothing(int members) {
        int[] weights = equal(members);
        weights[1] = 0;
        Calls calls = calls(Servers.weighing(weights));
        assertThat(calls.of("s1")).isZero();
        calls.fit();
    }

    @Test
    final void allOfWeightZeroIsNoServer() {
        Selector selector = Pools.of("a*0", "b*0", "c*0").selector(algorithm.get());
        assertThatThrownBy(() -> selector.next(context(0))).isInstanceOf(NoServerAvailableException.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 100})
    final void anExcludedMemberIsAvoidedAndTheOthersTakeItsShare(int members) {
        Bench bench = new Bench(Servers.weighing(equal(members)));
        Calls calls = bench.calls(context -> context.excluding(bench.servers.get(0)), List.of("s0"));
        assertThat(calls.of("s0")).isZero();
        calls.fit();
    }

    @Test
    final void theShareOfAnExcludedMemberIsTakenByWeight() {
        Bench bench = new Bench(Servers.weighing(1, 2, 3, 6));
        Calls calls = bench.calls(context -> context.excluding(bench.servers.get(3)), List.of("s3"));
        assertThat(calls.of("s3")).isZero();
        calls.fit();
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 100})
    final void theLastOneLeftIsFound(int members) {
        for (int left : new int[] {0, members / 2, members - 1}) {
            Bench bench = new Bench(Servers.weighing(equal(members)));
            String survivor = "s" + left;
            for (int i = 0; i < 200; i++) {
                SelectionContext context = bench.excludingAllBut(context(i), survivor);
                assertThat(bench.selector.next(context).id()).isEqualTo(survivor);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 100})
    final void whenAllAreExcludedOneOfThemItIs(int members) {
        Bench bench = new Bench(Servers.weighing(equal(members)));
        for (int i = 0; i < 200; i++)
            assertThat(bench.servers).contains(bench.selector.next(bench.excludingAllBut(context(i), "nobody")));
    }

    @Test
    final void aMemberThatLeftGetsNothingAndOneThatCameBackItsShareAgain() {
        Bench bench = new Bench(Servers.weighing(2, 1, 1));
        bench.calls().fit();
        bench.update(Servers.list("s0*2", "s2*1"));
        Calls without = bench.calls();
        assertThat(without.of("s1")).isZero();
        without.fit();
        bench.update(Servers.weighing(2, 1, 1));
        bench.calls().fit();
    }

    @Test
    final void theOrderOfTheListChangesNoShare() {
        Bench bench = new Bench(Servers.weighing(1, 2, 3, 4, 5));
        List<Server> shuffled = new ArrayList<>(bench.servers);
        Random random = new Random(Pools.SEED);
        for (int round = 0; round < 5; round++) {
            Collections.shuffle(shuffled, random);
            bench.update(shuffled);
            bench.calls().fit();
        }
    }

    @Test
    final void noPickIsOfAMemberThatHadLeftWhileListsChange() throws Exception {
        new Churn(algorithm.get(), this::context).run();
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 100})
    final void aPickAllocatesNothing(int members) {
        int[] uneven = equal(members);
        uneven[0] = 7;
        SelectionContext[] contexts = new SelectionContext[64];
        for (int i = 0; i < contexts.length; i++) contexts[i] = context(i);
        for (int[] weights : new int[][] {equal(members), uneven}) {
            Bench bench = new Bench(Servers.weighing(weights));
            assertThat(Allocations.perCall(i -> bench.selector.next(contexts[i & 63])))
                    .as("bytes a pick, %d members", members)
                    .isZero();
        }
    }

    private static int[] equal(int members) {
        int[] weights = new int[members];
        java.util.Arrays.fill(weights, 1);
        return weights;
    }

    private Calls calls(List<Server> servers) {
        return new Bench(servers).calls();
    }

    /** What a call that wants something wants besides. */
    private interface Wish {
        SelectionContext with(SelectionContext context);
    }

    /** A pool, a selector over it, and calls one after another. */
    private final class Bench {
        private final ManualTicker ticker = new ManualTicker();
        private final ServerPool pool;
        private final Selector selector;
        private List<Server> servers;

        Bench(List<Server> servers) {
            this.servers = servers;
            pool = Pools.settings(ticker).servers(servers).build();
            selector = pool.selector(algorithm.get());
        }

        void update(List<Server> servers) {
            this.servers = servers;
            pool.update(servers);
        }

        Calls calls() {
            return calls(context -> context, List.of());
        }

        Calls calls(Wish wish, List<String> excluded) {
            Calls calls = new Calls(servers, excluded);
            for (int i = 0; i < CALLS; i++) calls.count(call(wish.with(context(i))));
            return calls;
        }

        private Server call(SelectionContext context) {
            try (var lease = selector.acquire(context)) {
                ticker.advance(java.time.Duration.ofMillis(1));
                lease.success();
                return lease.server();
            }
        }

        SelectionContext excludingAllBut(SelectionContext context, String survivor) {
            SelectionContext wish = context;
            for (Server each : servers) if (!each.id().equals(survivor)) wish = wish.excluding(each);
            return wish;
        }
    }

    /** How many calls each server got. */
    private final class Calls {
        private final List<Server> servers;
        private final List<String> excluded;
        private final java.util.Map<String, Integer> counts = new java.util.HashMap<>();

        Calls(List<Server> servers, List<String> excluded) {
            this.servers = servers;
            this.excluded = excluded;
        }

        void count(Server server) {
            counts.merge(server.id(), 1, Integer::sum);
        }

        int of(String id) {
            return counts.getOrDefault(id, 0);
        }

        /** Each got its share. */
        void fit() {
            double[] weights = new double[servers.size()];
            for (int i = 0; i < weights.length; i++)
                weights[i] = excluded.contains(servers.get(i).id())
                        ? 0
                        : servers.get(i).weight();
            double[] shares = shares(weights);
            if (ignoresLatency()) for (int i = 0; i < shares.length; i++) fits(servers.get(i), shares[i]);
            else for (int i = 0; i < shares.length; i++) notBelowLighterOnes(i, shares);
        }

        private void fits(Server server, double share) {
            double due = CALLS * share;
            double chance = DEVIATIONS * Math.sqrt(due * (1 - share));
            assertThat((double) of(server.id()))
                    .as("calls of %s, seed %d, of all: %s", server, Pools.SEED, counts)
                    .isBetween(
                            due * (1 - unevenness(servers.size())) - chance,
                            due * (1 + unevenness(servers.size())) + chance);
        }

        private int butForChance(int calls) {
            return calls - (int) (DEVIATIONS * Math.sqrt(calls));
        }

        private void notBelowLighterOnes(int i, double[] shares) {
            int calls = of(servers.get(i).id());
            if (shares[i] > 0)
                assertThat(calls)
                        .as("calls of %s, of all: %s", servers.get(i), counts)
                        .isPositive();
            for (int j = 0; j < shares.length; j++)
                if (shares[i] > shares[j])
                    assertThat(calls)
                            .as("calls of %s, of all: %s", servers.get(i), counts)
                            .isGreaterThanOrEqualTo(
                                    butForChance(of(servers.get(j).id())));
        }
    }
}
