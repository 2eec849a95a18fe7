package org.lb4j.shape;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.lb4j.Lease;
import org.lb4j.LoadReport;
import org.lb4j.SelectionContext;
import org.lb4j.Selector;
import org.lb4j.ServerPool;
import org.lb4j.algorithm.Algorithms;
import org.lb4j.testing.ManualTicker;
import org.lb4j.testing.Pools;
import org.lb4j.testing.Rosters;
import org.lb4j.testing.Servers;

/** gRFC A58. */
final class ReportsTest {
    private static final double ROUNDING = 1e-9;

    private final ManualTicker ticker = new ManualTicker();
    private final ServerPool pool = Pools.settings(ticker)
            .shaper(Shapers.reports())
            .servers(Servers.list("a", "b", "c"))
            .build();
    private final Selector selector = pool.selector(Algorithms.roundRobin());

    private void report(String id, String text) {
        try (Lease lease = selector.acquire(SelectionContext.only(id))) {
            lease.report(text);
            lease.success();
        }
    }

    /** So many calls a second at full load. */
    private void couldCarry(String id, double rate) {
        report(id, "TEXT application_utilization=0.5,rps_fractional=" + rate / 2);
    }

    private void seconds(int seconds) {
        ticker.advance(Duration.ofSeconds(seconds));
    }

    private static LoadReport report(double utilization, double rate, double errors) {
        return new LoadReport(utilization, rate, errors, 0, 0);
    }

    @Test
    void whatAServerCouldCarryIsItsRateByItsUtilisationAndErrors() {
        assertThat(new Reports(1).carried(report(0.5, 1000, 0))).isEqualTo(2000);
        assertThat(new Reports(2).carried(report(0.5, 1000, 100))).isEqualTo(1428.57, within(0.005));
        assertThat(new Reports(0).carried(report(0.5, 1000, 100))).isEqualTo(2000);
    }

    @Test
    void whoReportedNothingCountsAsTheMeanOfTheOthers() {
        couldCarry("a", 40);
        couldCarry("b", 50);
        seconds(10);
        assertThat(Weights.of(pool)).containsExactly(new double[] {40.0 / 45, 50.0 / 45, 1}, within(ROUNDING));
    }

    @Test
    void oneReportAloneChangesNothing() {
        couldCarry("a", 40);
        seconds(20);
        assertThat(Weights.of(pool)).containsOnly(1);
    }

    @Test
    void reportsMultiplyTheWeightsThatWereSet() {
        pool.update(Servers.list("a*3", "b*5", "c*2"));
        couldCarry("a", 40);
        couldCarry("b", 60);
        seconds(10);
        assertThat(Weights.of(pool)).containsExactly(new double[] {3 * 0.8, 5 * 1.2, 2}, within(ROUNDING));
    }

    @Test
    void firstReportsAreNotBelievedForTenSeconds() {
        couldCarry("a", 40);
        couldCarry("b", 50);
        seconds(9);
        couldCarry("a", 10);
        couldCarry("b", 30);
        assertThat(Weights.of(pool)).containsOnly(1);
        seconds(1);
        assertThat(Weights.of(pool)).containsExactly(new double[] {0.5, 1.5, 1}, within(ROUNDING));
    }

    @Test
    void newReportsCountWithinASecond() {
        couldCarry("a", 40);
        couldCarry("b", 50);
        seconds(10);
        selector.next();
        couldCarry("a", 10);
        couldCarry("b", 30);
        ticker.advance(Duration.ofMillis(999));
        selector.next();
        assertThat(shares()).containsExactly(new double[] {40.0 / 45, 50.0 / 45, 1}, within(ROUNDING));
        ticker.advance(Duration.ofMillis(1));
        selector.next();
        assertThat(shares()).containsExactly(new double[] {0.5, 1.5, 1}, within(ROUNDING));
    }

    /** What the pickers have, without asking what is due. */
    private double[] shares() {
        return Weights.of(Rosters.of(pool));
    }

    @Test
    void aSilenceOfThreeMinutesIsTheEndOfABeliefAndTheNextReportBeginsAgain() {
        couldCarry("a", 40);
        couldCarry("b", 50);
        seconds(180);
        assertThat(Weights.of(pool, "a")).isEqualTo(40.0 / 45, within(ROUNDING));
        seconds(1);
        assertThat(Weights.of(pool)).containsOnly(1);
        couldCarry("a", 40);
        couldCarry("b", 50);
        seconds(9);
        assertThat(Weights.of(pool)).containsOnly(1);
        seconds(1);
        assertThat(Weights.of(pool, "a")).isEqualTo(40.0 / 45, within(ROUNDING));
    }

    @Test
    void nobodyGetsMoreThanTenTimesTheMeanOrLessThanATenthOfIt() {
        ServerPool large = Pools.settings(ticker)
                .shaper(Shapers.reports())
                .servers(Servers.weighing(1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1))
                .build();
        Selector any = large.selector(Algorithms.random());
        for (int i = 0; i < 20; i++) {
            try (Lease lease = any.acquire(SelectionContext.only("s" + i))) {
                lease.report("TEXT cpu_utilization=0.5,rps_fractional=" + (i == 0 ? 1_000_000 : 1));
                lease.success();
            }
        }
        seconds(10);
        assertThat(Weights.of(large, "s0")).isEqualTo(10);
        for (int i = 1; i < 20; i++) assertThat(Weights.of(large, "s" + i)).isEqualTo(0.1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "TEXT cpu_utilization=0.5,rps_fractional=100",
                "TEXT cpu_utilization:0.5, rps_fractional:100",
                "TEXT application_utilization=0.5,cpu_utilization=0.9,rps_fractional=100",
                "TEXT rps_fractional=100,mem_utilization=0.2,cpu_utilization=0.5,named_metrics.queue=7",
                "TEXT cpu_utilization=5e-1,rps_fractional=1e2,eps=0"
            })
    void aReportIsReadInEachOfItsForms(String text) {
        couldCarry("a", 600);
        report("b", text);
        seconds(10);
        assertThat(Weights.of(pool)).containsExactly(new double[] {1.5, 0.5, 1}, within(ROUNDING));
        assertThat(pool.status().get(1).badReports()).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "TEXT",
                "TEXT ",
                "cpu_utilization=0.5,rps_fractional=100",
                "JSON {\"cpu_utilization\":0.5,\"rps_fractional\":100}",
                "BIN AAAA",
                "TEXT cpu_utilization=0.5,cpu_utilization=0.5,rps_fractional=100",
                "TEXT cpu_utilization=0.5,rps_fractional=100,unknown=1",
                "TEXT cpu_utilization=NaN,rps_fractional=100",
                "TEXT cpu_utilization=0.5,rps_fractional=Infinity",
                "TEXT cpu_utilization=0.5,rps_fractional=1e999",
                "TEXT cpu_utilization=0.5;rps_fractional=100",
                "TEXT cpu_utilization=0.5,rps_fractional="
            })
    void aReportThatCanNotBeReadIsIgnoredWholeAndCounted(String text) {
        couldCarry("a", 600);
        couldCarry("b", 600);
        report("b", text);
        seconds(10);
        assertThat(Weights.of(pool)).containsOnly(1);
        assertThat(pool.status().get(1).badReports()).isOne();
    }

    @ParameterizedTest
    @CsvSource({"0, 100", "-0.5, 100", "0.5, 0", "0.5, -100"})
    void aReportOfNothingLeavesWhatWasKnown(double utilization, double rate) {
        couldCarry("a", 600);
        couldCarry("b", 200);
        report("b", "TEXT cpu_utilization=" + utilization + ",rps_fractional=" + rate);
        seconds(10);
        assertThat(Weights.of(pool)).containsExactly(new double[] {1.5, 0.5, 1}, within(ROUNDING));
        assertThat(pool.status().get(1).badReports()).isZero();
    }

    @Test
    void whatMakesNoSenseIsRefused() {
        assertThatThrownBy(() -> Shapers.reports(-1))
                .hasMessage("errorPenalty must be finite and at least 0, was -1.0");
        assertThatThrownBy(() -> Shapers.reports(Double.NaN)).isInstanceOf(IllegalArgumentException.class);
    }
}
