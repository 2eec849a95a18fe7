package org.lb4j.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** The small cases; the report has them all. */
class SupermarketTest {
    @Test
    void theoryIsMetWithinThreePerCent() {
        for (Supermarket.Case each : Supermarket.cases()) {
            if (each.servers() * each.load() * each.units() > 200_000) continue; // seconds in all
            double measured = each.measure(List.of(1L, 2L, 3L));
            assertThat(measured / each.theory())
                    .as(each.rule() + " at " + each.load())
                    .isBetween(0.97, 1.03);
        }
    }

    @Test
    void moreChoicesAreNeverWorse() {
        List<Supermarket.Case> cases = Supermarket.cases();
        double before = Double.POSITIVE_INFINITY;
        for (Supermarket.Case each : cases) {
            if (each.load() != 0.5 || !each.rule().startsWith("least of")) continue;
            double mean = each.measure(List.of(7L));
            assertThat(mean).as(each.rule()).isLessThan(before);
            before = mean;
        }
    }
}
