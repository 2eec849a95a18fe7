package org.lb4j.failover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.lb4j.Lease;
import org.lb4j.Outcome;
import org.lb4j.SelectionContext;
import org.lb4j.Selector;
import org.lb4j.Server;
import org.lb4j.ServerPool;
import org.lb4j.algorithm.Algorithms;
import org.lb4j.testing.ManualTicker;
import org.lb4j.testing.Pools;

/** What adapters of clients say of an attempt, and what follows from it. */
final class AdapterTest {
    private static final SelectionContext NONE = SelectionContext.none();
    private static final Duration LIMIT = Duration.ofMillis(400);

    private final ManualTicker ticker = new ManualTicker();
    private final VirtualTimers timers = new VirtualTimers(ticker);
    private final List<Outcome> ends = new ArrayList<>();
    private final List<CompletableFuture<String>> stages = new ArrayList<>();

    /** A connection that was closed before the request was on it: the server itself is well. */
    @Test
    void aLoneServerThatHasNotProcessedWhatNeverLeftIsAskedAgain() {
        Attempts attempts = builder().build().attempts(selector("a"), NONE, Repeat.IF_NOT_PROCESSED);
        Attempt first = attempts.first();
        first.unsent();
        Attempt second = attempts.after(first, Failure.NOT_PROCESSED, null);
        assertThat(second.server().id()).isEqualTo("a");
        second.unsent();
        assertThat(attempts.after(second, Failure.AMBIGUOUS, null)).isNull(); // it could not be reached
        assertThat(ends).startsWith(Outcome.REJECTED).contains(Outcome.FAILURE);
    }

    @Test
    void timeThatRunsOutInOurOwnQueueBlamesNoServerAndEndsTheCall() {
        AtomicBoolean queued = new AtomicBoolean(true);
        Failover failover = builder().attemptTimeout(LIMIT).build();
        CompletableFuture<String> waits =
                failover.callAsync(selector("a", "b"), NONE, Repeat.FREELY, attempt -> hang(attempt, queued));
        timers.advance(LIMIT);
        assertThatThrownBy(waits::join)
                .hasCauseInstanceOf(TimeoutException.class)
                .hasMessageContaining("no connection to ")
                .hasMessageEndingWith(" within 400 ms");
        assertThat(ends).containsExactly(Outcome.CANCELLED);
        queued.set(false);
        var unused = failover.callAsync(selector("a", "b"), NONE, Repeat.FREELY, attempt -> hang(attempt, queued));
        timers.advance(LIMIT);
        assertThat(ends).containsExactly(Outcome.CANCELLED, Outcome.TIMEOUT);
        assertThat(stages).hasSize(3);
    }

    @Test
    void aCallersOwnLimitBlamesNoServerForOurQueue() {
        CompletableFuture<String> waits = builder()
                .build()
                .callAsync(selector("a"), NONE, Repeat.FREELY, attempt -> hang(attempt, new AtomicBoolean(true)));
        waits.completeExceptionally(new TimeoutException());
        assertThat(ends).containsExactly(Outcome.CANCELLED);
    }

    /** The timer of the hedge fires while the next server is picked. */
    @Test
    void noHedgeBeginsWhileABadAnswerIsReplaced() {
        Failover failover = builder()
                .hedge(Hedge.after(Duration.ofMillis(50)).budget(Budget.unlimited()))
                .build();
        List<Attempts> calls = new ArrayList<>();
        List<Attempt> hedges = new ArrayList<>();
        Selector servers = selector("a", "b", "c");
        Selector racing = new Selector() {
            @Override
            public Server next(SelectionContext context) {
                return servers.next(context);
            }

            @Override
            public Lease acquire(SelectionContext context) {
                if (!calls.isEmpty()) hedges.add(calls.remove(0).hedge());
                return servers.acquire(context);
            }
        };
        Attempts attempts = failover.attempts(racing, NONE, Repeat.FREELY);
        Attempt first = attempts.first();
        calls.add(attempts);
        Attempt next = first.instead(Failure.ANSWERED, Outcome.FAILURE);
        assertThat(next).isNotNull();
        assertThat(hedges).hasSize(1).containsOnlyNulls();
        assertThat(attempts.succeeded(next)).isTrue();
        assertThat(ends).containsExactly(Outcome.FAILURE, Outcome.SUCCESS);
    }

    @Test
    void anAnswerThatIsTheLastWordDoesNotStandInTheWayOfAHedge() {
        Failover failover = builder()
                .maxAttempts(2)
                .budget(Budget.none())
                .hedge(Hedge.after(Duration.ofMillis(50)).budget(Budget.unlimited()))
                .build();
        Attempts attempts = failover.attempts(selector("a", "b"), NONE, Repeat.FREELY);
        Attempt first = attempts.first();
        assertThat(first.instead(Failure.ANSWERED, Outcome.FAILURE)).isNull();
        assertThat(attempts.hedge()).isNotNull();
        attempts.cancel();
    }

    private CompletionStage<String> hang(Attempt attempt, AtomicBoolean queued) {
        attempt.queuedWhile(queued::get);
        CompletableFuture<String> stage = new CompletableFuture<>();
        stages.add(stage);
        return stage;
    }

    private Selector selector(String... members) {
        ServerPool pool = Pools.of(
                Pools.settings(ticker).onCall(server -> (start, answered, now, outcome) -> ends.add(outcome)), members);
        return pool.selector(Algorithms.roundRobin());
    }

    private Failover.Builder builder() {
        return Failover.builder().ticker(ticker).timers(timers);
    }
}
