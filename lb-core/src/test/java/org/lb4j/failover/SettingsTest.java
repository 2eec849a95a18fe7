package org.lb4j.failover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.lb4j.SelectionContext;
import org.lb4j.Selector;
import org.lb4j.algorithm.Algorithms;
import org.lb4j.testing.Pools;

final class SettingsTest {
    @Test
    void badNumbersAreRefusedWithRuleAndValue() {
        assertThatThrownBy(() -> Failover.builder().maxAttempts(0))
                .hasMessage("maxAttempts must be in [1, 1000], was 0");
        assertThatThrownBy(() -> Failover.builder().maxAttempts(1001))
                .hasMessage("maxAttempts must be in [1, 1000], was 1001");
        assertThatThrownBy(() -> Failover.builder().timeout(Duration.ZERO))
                .hasMessage("timeout must be at least 1 ms, was 0 s");
        assertThatThrownBy(() -> Failover.builder().attemptTimeout(Duration.ofNanos(400_000)))
                .hasMessage("attemptTimeout must be at least 1 ms, was 0.4 ms");
        assertThatThrownBy(() -> Hedge.after(Duration.ofMillis(1)))
                .hasMessage("hedge delay must be above 1 ms, was 1 ms");
        assertThatThrownBy(() -> Failover.builder().budget(null)).hasMessage("budget must be given, was null");
    }

    @Test
    void settingsThatCanNotMeetAreRefusedInAnyOrder() {
        assertThatThrownBy(() -> Failover.builder()
                        .attemptTimeout(Duration.ofSeconds(2))
                        .timeout(Duration.ofSeconds(1))
                        .build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("attemptTimeout 2 s is longer than timeout 1 s");
    }

    @Test
    void aCopyWithLessTimeSharesTheBooks() throws Exception {
        Failover failover =
                Failover.builder().attemptTimeout(Duration.ofSeconds(5)).build();
        Selector one = Pools.of("a").selector(Algorithms.roundRobin());
        Failover hurried = failover.within(Duration.ofSeconds(2));
        hurried.call(one, SelectionContext.none(), Repeat.NEVER, attempt -> {
            assertThat(attempt.timeLeft()).isLessThanOrEqualTo(Duration.ofSeconds(2));
            return null;
        });
        assertThat(failover.stats().calls()).isEqualTo(1);
        assertThat(failover.within(Duration.ofSeconds(10)).stats().calls()).isEqualTo(1);
    }

    @Test
    void withoutLimitsAnAttemptHasAllTheTimeThereIs() throws Exception {
        Selector one = Pools.of("a").selector(Algorithms.roundRobin());
        Failover.defaults().call(one, SelectionContext.none(), Repeat.NEVER, attempt -> {
            assertThat(attempt.limited()).isFalse();
            assertThat(attempt.timeLeft().toDays()).isGreaterThan(100_000);
            return null;
        });
    }
}
