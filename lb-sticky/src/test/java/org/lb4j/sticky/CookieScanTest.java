package org.lb4j.sticky;

import static org.assertj.core.api.Assertions.assertThat;
import static org.lb4j.sticky.StickyOutcome.HIT;
import static org.lb4j.sticky.StickyOutcome.MISS_INVALID;
import static org.lb4j.sticky.StickyOutcome.NEW;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.lb4j.testing.Allocations;

final class CookieScanTest {
    private final World world = new World("a", "b", "c");
    private final StickyCookie cookies = world.cookie().build();
    private final String token = token();

    private String token() {
        Browser browser = new Browser(world, cookies);
        browser.call();
        return browser.token();
    }

    @TestFactory
    List<DynamicTest> s4WhateverIsSentHasTheOutcomeThatTheRulesSay() {
        List<DynamicTest> tests = new ArrayList<>();
        for (String nothing : List.of(
                "",
                ";",
                ";;;=;=;",
                "a",
                "=v",
                "lb",
                "LB=tok",
                "xlb=tok",
                "lb x=tok",
                "\ud83c\udf6a",
                "\ud83c",
                "\t\t;\t=\t",
                ";".repeat(10_000),
                "=".repeat(10_000),
                "$Version=1",
                "\u0000",
                "\r\n",
                "l b=tok",
                "lb\u0000=tok")) tests.add(outcome(nothing, NEW));
        for (String invalid : List.of(
                "lb=",
                "lb==x",
                "lb=\"",
                "lb=\"tok",
                "lb=tok,other=1",
                "lb=to\u0000k",
                "lb=to\rk",
                "lb=to\nk",
                "lb=tok\u007f",
                "lb=\ud83c\udf6a",
                "lb=\ud83c",
                "lb=\"\"",
                "lb=\" tok\"",
                "lb=tok tok",
                "lb=tok=",
                "lb=\"tok\"x",
                "lb='tok'",
                "lb=\ttok\u0085",
                "lb=v1.",
                "lb=%74ok")) tests.add(outcome(invalid, MISS_INVALID));
        for (String found : List.of(
                "lb=tok",
                " lb = tok",
                "\tlb\t=\ttok\t",
                "$Version=1; lb=tok",
                "lb=\"tok\"",
                "lb=; lb=tok",
                "a=1;lb=tok;b=2",
                ";;;lb=tok",
                "a=\"x; lb=tok",
                "lb;lb=tok",
                "a=\u0000; lb=tok",
                "lb=tok;" + ";".repeat(10_000))) tests.add(outcome(found, HIT));
        return tests;
    }

    private DynamicTest outcome(String header, StickyOutcome outcome) {
        String shown = header.substring(0, Math.min(20, header.length())).replaceAll("[^ -~]", "?");
        return DynamicTest.dynamicTest("[" + shown + "] is " + outcome, () -> {
            World.Answer answer = world.serve(cookies.read(header.replace("tok", token)));
            assertThat(answer.outcome()).isEqualTo(outcome);
            assertThat(answer.server()).isIn("a", "b", "c");
        });
    }

    @Test
    void linesAreReadAsIfJoined() {
        assertThat(world.serve(cookies.read(List.of("a=1; lb", "=" + token))).outcome())
                .isEqualTo(NEW);
        assertThat(world.serve(cookies.read(Arrays.asList(null, "lb=" + token, null)))
                        .outcome())
                .isEqualTo(HIT);
    }

    @Test
    void whatLiesBeyondSixteenKibibytesDoesNotExist() {
        String wanted = "lb=" + token;
        String filler = "a".repeat(CookieScan.MAX_CHARS - wanted.length() - 1) + ";";
        assertThat(world.serve(cookies.read(filler + wanted)).outcome()).isEqualTo(HIT);
        assertThat(world.serve(cookies.read("a" + filler + wanted)).outcome()).isEqualTo(MISS_INVALID);
        String line = "a".repeat(CookieScan.MAX_CHARS - wanted.length() - 2);
        assertThat(world.serve(cookies.read(List.of(line, wanted))).outcome()).isEqualTo(HIT);
        assertThat(world.serve(cookies.read(List.of("a" + line, wanted))).outcome())
                .isEqualTo(MISS_INVALID);
        assertThat(world.serve(cookies.read(List.of("a".repeat(16_384), wanted)))
                        .outcome())
                .isEqualTo(NEW);
    }

    @Test
    void whatComesAfter180PairsDoesNotExist() {
        String wanted = "lb=" + token;
        assertThat(world.serve(cookies.read("a=1;".repeat(179) + wanted)).outcome())
                .isEqualTo(HIT);
        assertThat(world.serve(cookies.read("a=1;".repeat(180) + wanted)).outcome())
                .isEqualTo(NEW);
        List<String> crumbs = new ArrayList<>(java.util.Collections.nCopies(180, "a=1"));
        crumbs.add(wanted);
        assertThat(world.serve(cookies.read(crumbs)).outcome()).isEqualTo(NEW);
        assertThat(world.serve(cookies.read(crumbs.subList(1, 181))).outcome()).isEqualTo(HIT);
    }

    @Test
    void noCharacterIsReadMoreThanThreeTimes() {
        for (String header : List.of(
                "a=1; ".repeat(4000),
                "=".repeat(20_000),
                ";".repeat(20_000),
                " ".repeat(20_000),
                "a".repeat(20_000),
                "lb=x; ".repeat(4000),
                "lb =\t\"".repeat(3000),
                " =; ".repeat(5000),
                "lb=" + " ".repeat(20_000))) {
            CountingText counting = new CountingText(header);
            CookieScan.scan(List.of(counting), "lb", (line, from, to) -> true);
            assertThat(counting.reads()).isLessThanOrEqualTo(3L * CookieScan.MAX_CHARS);
        }
    }

    @Test
    void aScanAllocatesNothing() {
        List<String> headers = List.of("a=1; session=\"x y\"; lb2=" + token, ";;;; = ; \ud83c\udf6a=1");
        CookieScan.Values values = (line, from, to) -> true;
        assertThat(Allocations.perCall(i -> CookieScan.scan(headers, "lb", values)))
                .isZero();
    }

    @Test
    void aRequestWithoutOurCookieCostsTheVisitAlone() {
        List<String> headers = List.of("a=1; session=\"x y\"; lb2=" + token);
        Object[] visits = new Object[1];
        double bytes = Allocations.perCall(i -> visits[0] = cookies.read(headers));
        assertThat(bytes).isLessThanOrEqualTo(64);
    }
}
