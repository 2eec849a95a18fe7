package org.lb4j.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.lb4j.CallObserver;
import org.lb4j.Member;
import org.lb4j.Outcome;
import org.lb4j.ServerPool;
import org.lb4j.health.CallLog.Phase;
import org.lb4j.testing.Allocations;
import org.lb4j.testing.Threads;

/** Recording the result of a call. How long it takes is for HealthBenchmark to say. */
final class CallLogTest {
    private final OutlierRules rules = new OutlierRules(OutlierSettings.defaults());

    @Test
    void p23SixtyFourThreadsWithAMillionRecordsEachLoseNone() throws Exception {
        CallLog log = new CallLog(rules, 0, handedOver -> {});
        Threads.run(64, thread -> {
            for (int i = 0; i < 1_000_000; i++)
                log.onEnd(1, 2, i, (i + thread) % 4 == 0 ? Outcome.FAILURE : Outcome.SUCCESS);
        });
        assertThat(log.counts().calls()).isEqualTo(64_000_000);
        assertThat(log.counts().failures()).isEqualTo(16_000_000);
    }

    @Test
    void p23RecordingAllocatesNothing() {
        ServerPool pool = ServerPool.of("a:80");
        Member member = pool.members().get(0);
        Watchlist watchlist =
                new Watchlist(pool, each -> new Watched(each, new CallLog(rules, 0, handedOver -> {}), 0));
        CallObserver log = new MemberObservers(watchlist::of).observe(member);
        CallTrace trace = new CallTrace(() -> {}, 0);
        Outcome[] outcomes = Outcome.values();
        for (CallObserver each : List.of(log, trace))
            assertThat(Allocations.perCall(i -> each.onEnd(1, 2, i, outcomes[i % outcomes.length])))
                    .isZero();
        assertThat(watchlist.of(member).log().counts().calls()).isPositive();
    }

    @Test
    void aServerIsHandedOverByOneCallAloneUntilItWasLookedAt() throws Exception {
        AtomicInteger handedOver = new AtomicInteger();
        CallLog log = new CallLog(rules, 0, each -> handedOver.incrementAndGet());
        Threads.run(8, thread -> {
            for (int i = 0; i < 10_000; i++) log.onEnd(1, 2, i * 1_000_000L, Outcome.FAILURE);
        });
        assertThat(handedOver).hasValue(1);
        log.letGo();
        log.onEnd(1, 2, 20_000_000_000L, Outcome.FAILURE);
        assertThat(handedOver).hasValue(2);
    }

    @Test
    void p24ABurstWhoseCallsAreToldInAnotherOrderThanTheyEndedIsOneToo() {
        List<CallLog> handedOver = new ArrayList<>();
        CallLog log = new CallLog(rules, 0, handedOver::add);
        for (int i = 0; i < 15; i++) { // fewer than rule 1 needs; each a tick of the streak's clock before the last
            long ended = 10_000_000_000L - i * 1_100_000L;
            log.onEnd(1, ended, ended, Outcome.FAILURE);
        }
        assertThat(handedOver).isEmpty();
    }

    @Test
    void theThirdGoodTrialHandsOverAndSoDoesTheFirstBadOne() {
        List<String> said = new ArrayList<>();
        CallLog log = new CallLog(rules, 0, each -> said.add(each.trialFailed() ? "bad" : "good"));
        log.enter(Phase.TRIAL, 10);
        log.onEnd(9, 9, 11, Outcome.FAILURE); // began before
        log.onEnd(10, 11, 11, Outcome.SUCCESS);
        log.onEnd(10, 11, 11, Outcome.REJECTED);
        log.onEnd(10, 11, 11, Outcome.CANCELLED);
        log.onEnd(10, 11, 11, Outcome.SUCCESS);
        assertThat(said).isEmpty();
        log.onEnd(10, 11, 11, Outcome.SUCCESS);
        assertThat(said).containsExactly("good");
        log.enter(Phase.TRIAL, 20);
        log.onEnd(20, 21, 21, Outcome.TIMEOUT);
        log.onEnd(20, 21, 21, Outcome.FAILURE);
        assertThat(said).containsExactly("good", "bad");
    }

    @Test
    void fewerTrialsAtRunTimeAreEnoughEvenIfThereWereMoreAlready() {
        List<String> said = new ArrayList<>();
        CallLog log = new CallLog(rules, 0, each -> said.add("good"));
        log.enter(Phase.TRIAL, 10);
        log.onEnd(10, 11, 11, Outcome.SUCCESS);
        log.onEnd(10, 11, 11, Outcome.SUCCESS);
        rules.settings(OutlierSettings.defaults().withTrials(1, java.time.Duration.ofSeconds(5)));
        log.onEnd(10, 11, 11, Outcome.SUCCESS);
        assertThat(said).containsExactly("good");
    }

    @Test
    void theWindowIsTenSweeps() {
        CallCounts counts = new CallCounts();
        for (int sweep = 0; sweep < 30; sweep++) {
            for (int i = 0; i < 7; i++) counts.call();
            counts.sweep();
            assertThat(counts.calls()).isEqualTo(Math.min(70, 7 * (sweep + 1)));
        }
        counts.restart();
        assertThat(counts.calls()).isZero();
        counts.call();
        for (int sweep = 0; sweep < 10; sweep++) {
            counts.sweep();
            assertThat(counts.calls()).isEqualTo(1);
        }
        counts.sweep();
        assertThat(counts.calls()).isZero();
    }

    @Test
    void aStreakKnowsItsLengthAndItsAgeOnAnyClock() {
        for (long start : new long[] {0, 1L << 40, -5_000_000_000L, Long.MAX_VALUE - 1000}) {
            long word = StreakWord.NONE;
            for (int i = 0; i < 7; i++) word = StreakWord.oneMore(word, start + i * 100_000_000L);
            assertThat(StreakWord.count(word)).isEqualTo(7);
            assertThat(StreakWord.nanos(word, start + 600_000_000L)).isBetween(598_000_000L, 602_000_000L);
            assertThat(StreakWord.nanos(word, start - 5_000_000L)).isNegative(); // ended before, told after
        }
    }
}
