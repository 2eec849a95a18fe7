package org.lb4j.failover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.EOFException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import org.lb4j.Outcome;
import org.lb4j.SelectionContext;
import org.lb4j.Selector;
import org.lb4j.ServerPool;
import org.lb4j.algorithm.Algorithms;
import org.lb4j.testing.ManualTicker;
import org.lb4j.testing.Pools;

final class HedgeTest {
    private static final Duration DELAY = Duration.ofMillis(80);

    private final ManualTicker ticker = new ManualTicker();
    private final VirtualTimers timers = new VirtualTimers(ticker);
    private final List<Outcome> ends = new ArrayList<>();
    private final ServerPool pool = pool("a", "b", "c");
    private final List<CompletableFuture<String>> stages = new ArrayList<>();
    private final List<String> tried = new ArrayList<>();

    @Test
    void theFirstSuccessWinsAndTheOtherIsCancelled() {
        Failover failover = hedging().build();
        CompletableFuture<String> call = call(failover, pool, Repeat.FREELY);
        timers.advance(DELAY);
        assertThat(tried).hasSize(2).doesNotHaveDuplicates();
        stages.get(1).complete("quick");
        assertThat(call.join()).isEqualTo("quick");
        assertThat(stages.get(0)).isCancelled();
        assertThat(ends).containsExactlyInAnyOrder(Outcome.SUCCESS, Outcome.CANCELLED);
        assertThat(failover.stats())
                .returns(1L, Failover.Stats::hedges)
                .returns(1L, Failover.Stats::hedgesWon)
                .returns(2L, Failover.Stats::attempts);
        assertNothingIsLeft();
    }

    @Test
    void theSlowOneMayStillWin() {
        Failover failover = hedging().build();
        CompletableFuture<String> call = call(failover, pool, Repeat.FREELY);
        timers.advance(DELAY);
        stages.get(0).complete("slow");
        assertThat(call.join()).isEqualTo("slow");
        assertThat(stages.get(1)).isCancelled();
        assertThat(failover.stats().hedgesWon()).isZero();
        assertNothingIsLeft();
    }

    @Test
    void aFailureWaitsForTheOtherOne() {
        CompletableFuture<String> call = call(hedging().build(), pool, Repeat.FREELY);
        timers.advance(DELAY);
        stages.get(0).completeExceptionally(new EOFException());
        assertThat(call).isNotDone();
        assertThat(stages).hasSize(2);
        stages.get(1).complete("ok");
        assertThat(call.join()).isEqualTo("ok");
        assertNothingIsLeft();
    }

    @Test
    void whenBothFailedTheCallGoesOnToAThird() {
        CompletableFuture<String> call = call(hedging().build(), pool, Repeat.FREELY);
        timers.advance(DELAY);
        stages.get(0).completeExceptionally(new EOFException());
        stages.get(1).completeExceptionally(new EOFException());
        assertThat(tried).hasSize(3).doesNotHaveDuplicates();
        stages.get(2).completeExceptionally(new EOFException("third"));
        assertThatThrownBy(call::join).cause().hasMessage("third");
        assertThat(ends).containsExactly(Outcome.FAILURE, Outcome.FAILURE, Outcome.FAILURE);
        assertNothingIsLeft();
    }

    @Test
    void onlyWhatMayBeRepeatedFreelyIsHedged() {
        begin(hedging().build(), pool, Repeat.IF_NOT_PROCESSED);
        timers.advance(DELAY);
        assertThat(tried).hasSize(1);
    }

    @Test
    void aLoneServerIsNotHedgedAgainstItself() {
        ServerPool lone = pool("a");
        begin(hedging().build(), lone, Repeat.FREELY);
        timers.advance(DELAY);
        assertThat(tried).hasSize(1);
        assertThat(lone.inFlight()).isEqualTo(1);
    }

    @Test
    void nothingIsHedgedWithLessThanTheDelayLeft() {
        begin(hedging().timeout(DELAY.multipliedBy(2).minusNanos(1)).build(), pool, Repeat.FREELY);
        timers.advance(DELAY);
        assertThat(tried).hasSize(1);
    }

    @Test
    void anAttemptThatFailedBeforeTheDelayIsRepeatedAndNotHedged() {
        begin(hedging().build(), pool, Repeat.FREELY);
        stages.get(0).completeExceptionally(new EOFException());
        timers.advance(DELAY);
        assertThat(tried).hasSize(2);
    }

    /** Twenty calls at once, each slow: the floor allows one hedge, one in twenty earns one more. */
    @Test
    void hedgesHaveABudgetOfTheirOwn() {
        Failover failover = hedging().budget(Budget.none()).build();
        for (int i = 0; i < 20; i++) begin(failover, pool, Repeat.FREELY);
        timers.advance(DELAY);
        assertThat(failover.stats().hedges()).isEqualTo(2);
        assertThat(pool.inFlight()).isEqualTo(22);
    }

    @Test
    void aDelayThatMovesIsAskedAtEachCallAndNoDelayIsNoHedge() {
        Duration[] delay = {Duration.ofMillis(1)};
        Failover failover = builder().hedge(Hedge.after(() -> delay[0])).build();
        begin(failover, pool, Repeat.FREELY);
        timers.advance(Duration.ofSeconds(1));
        assertThat(tried).hasSize(1);
        delay[0] = Duration.ofMillis(2);
        begin(failover, pool, Repeat.FREELY);
        timers.advance(Duration.ofMillis(2));
        assertThat(tried).hasSize(3);
    }

    @Test
    void cancellingTheCallCancelsBoth() {
        CompletableFuture<String> call = call(hedging().build(), pool, Repeat.FREELY);
        timers.advance(DELAY);
        call.cancel(true);
        assertThat(stages).hasSize(2).allMatch(CompletableFuture::isCancelled);
        assertThat(ends).containsExactly(Outcome.CANCELLED, Outcome.CANCELLED);
        assertNothingIsLeft();
    }

    private CompletableFuture<String> call(Failover failover, ServerPool pool, Repeat repeat) {
        Selector selector = pool.selector(Algorithms.roundRobin());
        return failover.callAsync(selector, SelectionContext.none(), repeat, this::hang);
    }

    private void begin(Failover failover, ServerPool pool, Repeat repeat) {
        assertThat(call(failover, pool, repeat)).isNotDone();
    }

    private CompletionStage<String> hang(Attempt attempt) {
        CompletableFuture<String> stage = new CompletableFuture<>();
        stages.add(stage);
        tried.add(attempt.server().id());
        return stage;
    }

    private void assertNothingIsLeft() {
        assertThat(pool.inFlight()).isZero();
        assertThat(timers.waiting()).isZero();
    }

    private Failover.Builder hedging() {
        return builder().hedge(Hedge.after(DELAY));
    }

    private Failover.Builder builder() {
        return Failover.builder().ticker(ticker).timers(timers);
    }

    private ServerPool pool(String... members) {
        return Pools.of(
                Pools.settings(ticker).onCall(server -> (start, answered, now, outcome) -> ends.add(outcome)), members);
    }
}
