package org.lb4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class LoadReportTest {
    private static final long NOW = 1000;

    private static LoadReport first(String text) {
        return LoadReport.after(null, text, NOW);
    }

    private static LoadReport report(double utilization, double rate, double errors) {
        return new LoadReport(utilization, rate, errors, NOW, NOW);
    }

    @Test
    void allFieldsOfTheTextFormAreRead() {
        assertThat(first("TEXT cpu_utilization=0.3,mem_utilization=0.8,rps_fractional=50,eps=2,named_metrics.x=0.4"))
                .isEqualTo(report(0.3, 50, 2));
    }

    @Test
    void colonsAreAsGoodAsEqualSignsAndBlanksAreAllowed() {
        assertThat(first("TEXT cpu_utilization:0.3, rps_fractional: 50 ,eps = 2.5e0"))
                .isEqualTo(report(0.3, 50, 2.5));
    }

    @Test
    void whatTheApplicationSaysCountsBeforeWhatTheProcessorSays() {
        assertThat(first("TEXT cpu_utilization=0.3,application_utilization=0.7").utilization())
                .isEqualTo(0.7);
        assertThat(first("TEXT application_utilization=0,cpu_utilization=0.3").utilization())
                .isEqualTo(0.3);
    }

    @Test
    void aUtilisationMayBeAboveOne() {
        assertThat(first("TEXT cpu_utilization=1.7").utilization()).isEqualTo(1.7);
    }

    @Test
    void whatIsNotGivenIsUnknownButErrorsAreNone() {
        LoadReport report = first("TEXT cpu_utilization=0.3");
        assertThat(report.rate()).isNaN();
        assertThat(report.errors()).isZero();
        assertThat(report.complete()).isFalse();
        assertThat(first("TEXT cpu_utilization=0.3,rps_fractional=50").complete())
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "TEXT",
                "TEXT ",
                "TEXT  ",
                "text cpu_utilization=0.3",
                "cpu_utilization=0.3",
                "JSON {\"cpu_utilization\":0.3}",
                "BIN CZqZmZmZmbk/",
                "TEXT cpu_utilization",
                "TEXT cpu_utilization=",
                "TEXT =0.3",
                "TEXT cpu_utilization=0.3,",
                "TEXT ,cpu_utilization=0.3",
                "TEXT cpu_utilization=0.3;eps=2",
                "TEXT cpu_utilization=0.3,cpu_utilization=0.3",
                "TEXT cpu_utilization=0.3,eps=0,eps=0",
                "TEXT cpu_utilization=0.3,named_metrics.x=1,named_metrics.x=2",
                "TEXT cpu_utilization=0.3,named_metrics.=1",
                "TEXT cpu_utilization=0.3,disk=1",
                "TEXT CPU_UTILIZATION=0.3",
                "TEXT cpu_utilization=NaN",
                "TEXT cpu_utilization=Infinity",
                "TEXT cpu_utilization=1e999",
                "TEXT cpu_utilization=0x1p3",
                "TEXT cpu_utilization=1d",
                "TEXT cpu_utilization=0,3",
                "TEXT cpu_utilization=0.3.1",
                "TEXT cpu_utilization=٣",
                "TEXT cpu_utilization=0.3,rps_fractional=-",
                "TEXT cpu_utilization=0.30000000000000000000000000000000000000001",
            })
    void aReportIsReadWholeOrNotAtAll(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> first(text));
    }

    @Test
    void moreThanFourKilobytesAreNotRead() {
        String name = "TEXT cpu_utilization=0.3,named_metrics.";
        assertThat(first(name + "x".repeat(4096 - 2 - name.length()) + "=1")).isNotNull();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> first(name + "x".repeat(4096 - 1 - name.length()) + "=1"));
    }

    @Test
    void noLoadIsNoNews() {
        assertThat(first("TEXT cpu_utilization=0,rps_fractional=50")).isNull();
        assertThat(first("TEXT cpu_utilization=-1")).isNull();
        LoadReport known = report(0.3, 50, 2);
        assertThat(LoadReport.after(known, "TEXT rps_fractional=60", NOW + 1)).isSameAs(known);
    }

    @Test
    void aReportThatSaysLessDoesNotReplaceOneThatSaysMore() {
        LoadReport known = report(0.3, 50, 2);
        assertThat(LoadReport.after(known, "TEXT cpu_utilization=0.9", NOW + 1)).isSameAs(known);
        assertThat(LoadReport.after(known, "TEXT cpu_utilization=0.9,rps_fractional=0", NOW + 1))
                .isSameAs(known);
        assertThat(LoadReport.after(known, "TEXT cpu_utilization=0.9,rps_fractional=60", NOW + 1))
                .isEqualTo(new LoadReport(0.9, 60, 0, NOW, NOW + 1));
    }

    @Test
    void errorsBelowNoneAreNone() {
        assertThat(first("TEXT cpu_utilization=0.3,eps=-5").errors()).isZero();
    }

    @Test
    void reportsBeginAnewAfterThreeMinutesOfSilence() {
        LoadReport known = report(0.3, 50, 2);
        long threeMinutes = Duration.ofMinutes(3).toNanos();
        assertThat(known.expired(NOW + threeMinutes)).isFalse();
        assertThat(known.expired(NOW + threeMinutes + 1)).isTrue();
        String next = "TEXT cpu_utilization=0.5,rps_fractional=10";
        assertThat(LoadReport.after(known, next, NOW + threeMinutes).since()).isEqualTo(NOW);
        assertThat(LoadReport.after(known, next, NOW + threeMinutes + 1).since())
                .isEqualTo(NOW + threeMinutes + 1);
        assertThat(LoadReport.after(known, "TEXT eps=1", NOW + threeMinutes + 1))
                .isNull();
    }
}
