package org.lb4j.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.lb4j.CallObserver;
import org.lb4j.Member;
import org.lb4j.Outcome;
import org.lb4j.ServerPool;

/**
 * Our rules beside the one of Envoy, gRPC (A50) and ServiceTalk, mean - 1.9 standard deviations of the success rate, and beside
 * a fixed failure percentage of 85 (their minima of hosts left out, to their favour). Independent sweeps of one window each;
 * the table of docs/health.md.
 */
final class OutlierTableTest {
    private static final int SWEEPS = 2000;

    private final Random random = new Random(World.SEED);

    /** What each rule says of one sweep. */
    private static final class Found {
        private final boolean[] stdev;
        private final boolean[] percentage;
        private final boolean[] ours;
        private final boolean guard;

        Found(boolean[] stdev, boolean[] percentage, boolean[] ours, boolean guard) {
            this.stdev = stdev;
            this.percentage = percentage;
            this.ours = ours;
            this.guard = guard;
        }
    }

    /** Failures of each server in one window. */
    private int[] sweep(int servers, int bad, double badRate, double rate, int calls) {
        int[] failures = new int[servers];
        for (int i = 0; i < servers; i++)
            for (int call = 0; call < calls; call++)
                if (random.nextDouble() < (i < bad ? badRate : rate)) failures[i]++;
        return failures;
    }

    private static boolean[] stdev(int[] failures, int calls) {
        double mean = 0;
        for (int f : failures) mean += 1 - (double) f / calls;
        mean /= failures.length;
        double variance = 0;
        for (int f : failures) variance += Math.pow(1 - (double) f / calls - mean, 2);
        double threshold = mean - 1.9 * Math.sqrt(variance / failures.length);
        boolean[] found = new boolean[failures.length];
        for (int i = 0; i < found.length; i++) found[i] = 1 - (double) failures[i] / calls < threshold;
        return found;
    }

    private static boolean[] percentage(int[] failures, int calls) {
        boolean[] found = new boolean[failures.length];
        for (int i = 0; i < found.length; i++) found[i] = 100.0 * failures[i] / calls >= 85;
        return found;
    }

    /** The production classes on real counters: failures and successes mixed, so that no streak decides. */
    private Found ours(int[] failures, int calls) {
        OutlierRules rules = new OutlierRules(OutlierSettings.defaults());
        ServerPool pool = ServerPool.of(List.of(World.servers(World.names(failures.length))));
        List<Watched> all = new ArrayList<>();
        for (int i = 0; i < failures.length; i++) {
            Member member = pool.members().get(i);
            CallLog log = new CallLog(rules, 0, handedOver -> {});
            record(log, failures[i], calls);
            all.add(new Watched(member, log, 0));
        }
        Fleet fleet = Fleet.of(all);
        boolean[] found = new boolean[failures.length];
        for (int i = 0; i < found.length; i++) {
            Sample sample = all.get(i).sample();
            found[i] = rules.absolute(sample.failures(), sample.calls())
                    || rules.relative(sample.failures(), sample.calls(), fleet.usualWithRejections());
        }
        return new Found(stdev(failures, calls), percentage(failures, calls), found, fleet.together());
    }

    private static void record(CallObserver log, int failures, int calls) {
        for (int call = 0; call < calls; call++) {
            boolean fails = (long) (call + 1) * failures / calls != (long) call * failures / calls;
            log.onEnd(1, 2, 2, fails ? Outcome.FAILURE : Outcome.SUCCESS);
        }
    }

    private static boolean any(boolean[] found, int from, int to) {
        for (int i = from; i < to; i++) if (found[i]) return true;
        return false;
    }

    private static boolean all(boolean[] found, int to) {
        for (int i = 0; i < to; i++) if (!found[i]) return false;
        return true;
    }

    /** Sweeps of a hundred with a false ejection. */
    @ParameterizedTest
    @CsvSource({
        // servers, error rate, calls, stdev
        "5, 0.01, 100, 11",
        "10, 0.01, 100, 49",
        "20, 0.01, 100, 77",
        "50, 0.01, 100, 96",
        "200, 0.01, 100, 100",
        "10, 0.10, 100, 32",
        "50, 0.10, 100, 92",
        "200, 0.10, 100, 100",
        "10, 0.40, 100, 26",
        "50, 0.40, 100, 84",
        "200, 0.40, 100, 100",
        "10, 0.01, 1000, 34",
    })
    void healthyFleetsAreLeftAloneWhereTheStandardDeviationEjects(int servers, double rate, int calls, int stdev) {
        int sweeps = Math.min(SWEEPS, 80_000 / servers / (calls / 100));
        int byDeviation = 0;
        int byOurs = 0;
        for (int i = 0; i < sweeps; i++) {
            Found found = ours(sweep(servers, 0, 0, rate, calls), calls);
            if (any(found.stdev, 0, servers)) byDeviation++;
            if (any(found.ours, 0, servers)) byOurs++;
            assertThat(found.guard).isFalse();
        }
        // z = 4 above a median with a margin of 5 points: below 10^-7 a server and sweep, so below 10^-6 x 40 a row.
        assertThat(byOurs).isZero();
        assertThat(Math.round(100.0 * byDeviation / sweeps)).isEqualTo(stdev); // the seed is fixed
    }

    /** Sweeps of a hundred in which every dead server is found, or the guard sees that most fail together. */
    @ParameterizedTest
    @CsvSource({
        // servers, dead, stdev finds, 85 % finds, guard
        "2, 1, false, true, false",
        "3, 1, false, true, false",
        "3, 2, false, true, false",
        "4, 1, false, true, false",
        "5, 2, false, true, false",
        "10, 3, false, true, false",
        "10, 6, false, true, false",
        "10, 7, false, true, false",
        "10, 8, false, true, true",
        "10, 10, false, true, true",
        "2, 2, false, true, true",
    })
    void deadServersAreFoundHoweverFewTheServersAre(
            int servers, int dead, boolean byStdev, boolean byPercentage, boolean guard) {
        for (int i = 0; i < 200; i++) {
            Found found = ours(sweep(servers, dead, 1, 0.01, 100), 100);
            assertThat(all(found.ours, dead)).isTrue();
            assertThat(any(found.ours, dead, servers)).isFalse();
            assertThat(found.guard).isEqualTo(guard);
            assertThat(all(found.stdev, dead)).isEqualTo(byStdev);
            assertThat(all(found.percentage, dead)).isEqualTo(byPercentage);
        }
    }

    /** Sweeps of a hundred in which the bad ones of ten are all found. */
    @ParameterizedTest
    @CsvSource({
        // bad, their rate, calls, ours, stdev
        "1, 1.00, 30, 100, 100",
        "1, 0.30, 100, 100, 100",
        "4, 0.30, 100, 99, 0",
        "1, 0.15, 100, 44, 100",
        "1, 0.10, 100, 4, 99",
        "1, 0.10, 1000, 85, 100",
    })
    void serversThatAreWorseThanTheOthersAreFound(int bad, double rate, int calls, int ours, int stdev) {
        int sweeps = SWEEPS / (calls > 100 ? 4 : 1);
        int byOurs = 0;
        int byDeviation = 0;
        for (int i = 0; i < sweeps; i++) {
            Found found = ours(sweep(10, bad, rate, 0.01, calls), calls);
            if (all(found.ours, bad)) byOurs++;
            if (all(found.stdev, bad)) byDeviation++;
        }
        // The seed is fixed; another one differs by 2.2 points (standard error) at most.
        assertThat(List.of(Math.round(100.0 * byOurs / sweeps), Math.round(100.0 * byDeviation / sweeps)))
                .containsExactly((long) ours, (long) stdev);
    }

    @Test
    void wilsonIsWhatTheBookSays() {
        // All of n fail: n / (n + z^2).
        assertThat(Wilson.lower(20, 20, 3)).isCloseTo(20 / 29.0, org.assertj.core.data.Offset.offset(1e-12));
        assertThat(Wilson.lower(0, 100, 3)).isCloseTo(0, org.assertj.core.data.Offset.offset(1e-12));
        assertThat(Wilson.lower(0, 0, 3)).isZero();
        // Brown, Cai, DasGupta (2001): 10 of 20, z = 1.96: 0.299.
        assertThat(Wilson.lower(10, 20, 1.96)).isCloseTo(0.2993, org.assertj.core.data.Offset.offset(1e-4));
    }
}
