package org.lb4j.failover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.EOFException;
import java.net.ConnectException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.lb4j.CallObserver;
import org.lb4j.Lease;
import org.lb4j.NoServerAvailableException;
import org.lb4j.Outcome;
import org.lb4j.SelectionContext;
import org.lb4j.Selector;
import org.lb4j.Server;
import org.lb4j.ServerPool;
import org.lb4j.algorithm.Algorithms;
import org.lb4j.testing.ManualTicker;
import org.lb4j.testing.Pools;
import org.lb4j.testing.Threads;

final class AsyncFailoverTest {
    private static final SelectionContext NONE = SelectionContext.none();

    private final ManualTicker ticker = new ManualTicker();
    private final VirtualTimers timers = new VirtualTimers(ticker);
    private final List<Outcome> ends = new ArrayList<>();
    private final ServerPool pool = Pools.of(Pools.settings(ticker).onCall(server -> ended()), "a", "b", "c");
    private final Selector servers = pool.selector(Algorithms.roundRobin());
    private final List<CompletableFuture<String>> stages = new ArrayList<>();

    @Test
    void attemptsThatHangShareTheWholeTime() {
        Failover failover = builder()
                .timeout(Duration.ofSeconds(1))
                .attemptTimeout(Duration.ofMillis(400))
                .build();
        CompletableFuture<String> call = failover.callAsync(servers, NONE, Repeat.FREELY, this::hang);
        timers.advance(Duration.ofNanos(399_999_999));
        assertThat(stages).hasSize(1);
        timers.advance(Duration.ofNanos(1));
        assertThat(stages).hasSize(2);
        assertThat(stages.get(0)).isCancelled();
        timers.advance(Duration.ofMillis(400));
        assertThat(stages).hasSize(3);
        timers.advance(Duration.ofNanos(199_999_999));
        assertThat(call).isNotDone();
        timers.advance(Duration.ofNanos(1));
        assertThatThrownBy(call::join)
                .hasCauseInstanceOf(TimeoutException.class)
                .cause()
                .hasMessageEndingWith("within 200 ms");
        assertThat(ends).containsExactly(Outcome.TIMEOUT, Outcome.TIMEOUT, Outcome.TIMEOUT);
        assertNothingIsLeft();
    }

    @Test
    void anAnswerThatIsRefusedAtTheMomentItsTimeRunsOutLosesNoCall() {
        List<Attempt> attempts = new ArrayList<>();
        AtomicBoolean slow = new AtomicBoolean();
        Selector slowOnce = new Selector() {
            @Override
            public Server next(SelectionContext context) {
                return servers.next(context);
            }

            @Override
            public Lease acquire(SelectionContext context) {
                if (slow.compareAndSet(true, false)) timers.advance(Duration.ofMillis(400));
                return servers.acquire(context);
            }
        };
        Failover failover = builder().attemptTimeout(Duration.ofMillis(400)).build();
        CompletableFuture<String> call = failover.callAsync(slowOnce, NONE, Repeat.FREELY, attempt -> {
            attempts.add(attempt);
            return hang(attempt);
        });
        slow.set(true);
        assertThat(attempts.get(0).instead(Failure.ANSWERED, Outcome.FAILURE)).isNull();
        assertThat(stages).hasSize(2);
        stages.get(1).complete("ok");
        assertThat(call).isCompletedWithValue("ok");
        assertThat(ends).containsExactlyInAnyOrder(Outcome.TIMEOUT, Outcome.CANCELLED, Outcome.SUCCESS);
        assertNothingIsLeft();
    }

    @Test
    void timersAreRemovedWhenTheAttemptEnds() {
        CompletableFuture<String> call = builder()
                .attemptTimeout(Duration.ofHours(1))
                .hedge(Hedge.after(Duration.ofMinutes(1)))
                .build()
                .callAsync(servers, NONE, Repeat.FREELY, this::hang);
        assertThat(timers.waiting()).isEqualTo(2);
        stages.get(0).complete("ok");
        assertThat(call.join()).isEqualTo("ok");
        assertNothingIsLeft();
    }

    @Test
    void theNextServerIsTriedAndTheLastFailureTold() {
        CompletableFuture<String> call =
                builder().maxAttempts(2).build().callAsync(servers, NONE, Repeat.FREELY, this::hang);
        stages.get(0).completeExceptionally(new CompletionException(new EOFException("one")));
        assertThat(stages).hasSize(2);
        stages.get(1).completeExceptionally(new EOFException("two"));
        assertThatThrownBy(call::join).cause().isInstanceOf(EOFException.class).hasMessage("two");
        assertThat(ends).containsExactly(Outcome.FAILURE, Outcome.FAILURE);
        assertNothingIsLeft();
    }

    /** A stack of a thousand attempts would not end well; these are taken in a loop, and each costs a frame at most. */
    @Test
    void noStackGrowsWithTheAttempts() {
        AtomicBoolean deep = new AtomicBoolean();
        CompletableFuture<String> call = builder()
                .maxAttempts(1000)
                .budget(Budget.unlimited())
                .build()
                .callAsync(servers, NONE, Repeat.FREELY, attempt -> {
                    if (StackWalker.getInstance().walk(Stream::count) > 200) deep.set(true);
                    return CompletableFuture.failedFuture(new EOFException());
                });
        assertThat(call).isCompletedExceptionally();
        assertThat(deep).isFalse();
        assertThat(ends)
                .hasSize(1000 + 997); // once all were tried, a tried server is picked, given back and picked again
    }

    @Test
    void aBodyThatThrowsOrReturnsNullIsOurOwnFault() {
        Failover failover = builder().build();
        assertThatThrownBy(() -> failover.<String>callAsync(servers, NONE, Repeat.FREELY, attempt -> null)
                        .join())
                .cause()
                .hasMessage("async call returned null");
        assertThatThrownBy(() -> failover.<String>callAsync(servers, NONE, Repeat.FREELY, attempt -> {
                            throw new IllegalStateException("a bug");
                        })
                        .join())
                .cause()
                .hasMessage("a bug");
        assertThat(ends).containsExactly(Outcome.CANCELLED, Outcome.CANCELLED);
        assertNothingIsLeft();
    }

    @Test
    void withoutAServerTheFutureFails() {
        Selector nobody = Pools.of("a:held").selector(Algorithms.roundRobin());
        assertThatThrownBy(() -> builder()
                        .build()
                        .callAsync(nobody, NONE, Repeat.FREELY, this::hang)
                        .join())
                .hasCauseInstanceOf(NoServerAvailableException.class);
    }

    static Stream<Arguments> waysToLeave() {
        return Stream.of(
                way("cancel(true)", call -> call.cancel(true)),
                way("cancel(false)", call -> call.cancel(false)),
                way("complete", call -> call.complete("mine")),
                way("completeExceptionally", call -> call.completeExceptionally(new EOFException())),
                way("completeAsync", call -> call.completeAsync(() -> "mine", Runnable::run)),
                way(
                        "cancel on a dependent",
                        call -> call.thenApply(String::length).cancel(false)),
                way(
                        "cancel on a late dependent",
                        call -> call.thenApply(String::length)
                                .thenCompose(CompletableFuture::completedFuture)
                                .cancel(true)),
                way("cancel on a copy", call -> call.copy().cancel(true)));
    }

    private static Arguments way(String name, Consumer<CompletableFuture<String>> leave) {
        return Arguments.of(name, leave);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("waysToLeave")
    void whoeverCompletesTheFutureEndsTheCall(String name, Consumer<CompletableFuture<String>> leave) {
        CompletableFuture<String> call = builder()
                .attemptTimeout(Duration.ofHours(1))
                .build()
                .callAsync(servers, NONE, Repeat.FREELY, this::hang);
        leave.accept(call);
        assertThat(call).isDone();
        assertThat(stages.get(0)).isCancelled();
        assertThat(ends).containsExactly(Outcome.CANCELLED);
        assertNothingIsLeft();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("waysToLeave")
    void whoeverCompletesTheFutureBetweenAttemptsEndsTheCall(String name, Consumer<CompletableFuture<String>> leave) {
        CompletableFuture<String> call = builder().build().callAsync(servers, NONE, Repeat.FREELY, this::hang);
        stages.get(0).completeExceptionally(new EOFException());
        leave.accept(call);
        assertThat(stages).hasSize(2);
        assertThat(stages.get(1)).isCancelled();
        assertThat(ends).containsExactly(Outcome.FAILURE, Outcome.CANCELLED);
        assertNothingIsLeft();
    }

    @Test
    void aLimitOfTheCallersOwnEndsAsATimeout() {
        CompletableFuture<String> call = builder().build().callAsync(servers, NONE, Repeat.FREELY, this::hang);
        assertThatThrownBy(() -> call.orTimeout(1, TimeUnit.MILLISECONDS).join())
                .hasCauseInstanceOf(TimeoutException.class);
        assertThat(stages.get(0)).isCancelled();
        assertThat(ends).containsExactly(Outcome.TIMEOUT);
        assertNothingIsLeft();
    }

    /** The body of the second attempt cancels its own call before it returns a stage: the stage is cancelled all the same. */
    @Test
    void anAttemptThatBeganWhileTheCallWasCancelledIsCancelledToo() {
        List<CompletableFuture<String>> call = new ArrayList<>();
        call.add(builder().build().callAsync(servers, NONE, Repeat.FREELY, attempt -> {
            if (attempt.number() == 2) call.get(0).cancel(false);
            return hang(attempt);
        }));
        stages.get(0).completeExceptionally(new EOFException());
        assertThat(stages).hasSize(2);
        assertThat(stages.get(1)).isCancelled();
        assertThat(ends).containsExactly(Outcome.FAILURE, Outcome.CANCELLED);
        assertNothingIsLeft();
    }

    @Test
    void aValueThatComesAfterTheEndIsClosed() {
        AtomicBoolean closed = new AtomicBoolean();
        CompletableFuture<AutoCloseable> deaf = new CompletableFuture<>() {
            @Override
            public boolean cancel(boolean mayInterruptIfRunning) {
                return false;
            }
        };
        CompletableFuture<AutoCloseable> call = builder().build().callAsync(servers, NONE, Repeat.FREELY, each -> deaf);
        call.cancel(true);
        deaf.complete(() -> closed.set(true));
        assertThat(closed).isTrue();
        assertThat(ends).containsExactly(Outcome.CANCELLED);
        assertNothingIsLeft();
    }

    @Test
    void aValueThatComesAfterItsTimeIsClosedAndNotTaken() {
        AtomicBoolean closed = new AtomicBoolean();
        List<CompletableFuture<AutoCloseable>> deaf = new ArrayList<>();
        CompletableFuture<AutoCloseable> call = builder()
                .attemptTimeout(Duration.ofMillis(10))
                .build()
                .callAsync(servers, NONE, Repeat.FREELY, attempt -> {
                    deaf.add(new CompletableFuture<>() {
                        @Override
                        public boolean cancel(boolean mayInterruptIfRunning) {
                            return false;
                        }
                    });
                    return deaf.get(deaf.size() - 1);
                });
        timers.advance(Duration.ofMillis(10));
        deaf.get(0).complete(() -> closed.set(true));
        assertThat(closed).isTrue();
        assertThat(call).isNotDone();
        AutoCloseable good = () -> {};
        deaf.get(1).complete(good);
        assertThat(call.join()).isSameAs(good);
        assertThat(ends).containsExactly(Outcome.TIMEOUT, Outcome.SUCCESS);
        assertNothingIsLeft();
    }

    @Test
    void aKeptLeaseOutlivesTheValueAndNotACancelledCall() {
        List<Attempt> kept = new ArrayList<>();
        AsyncCall<String> keeping = attempt -> {
            kept.add(attempt);
            attempt.keepLease();
            return hang(attempt);
        };
        CompletableFuture<String> call = builder().build().callAsync(servers, NONE, Repeat.FREELY, keeping);
        stages.get(0).complete("head");
        assertThat(call.join()).isEqualTo("head");
        assertThat(pool.inFlight()).isEqualTo(1);
        kept.get(0).lease().success();
        builder().build().callAsync(servers, NONE, Repeat.FREELY, keeping).cancel(true);
        assertThat(ends).containsExactly(Outcome.SUCCESS, Outcome.CANCELLED);
        assertNothingIsLeft();
    }

    /** Completion and cancellation race on real threads; whoever wins, each lease ends once and nothing stays in flight. */
    @Test
    void racesLeaveNothingInFlight() throws Exception {
        Failover failover = Failover.builder().budget(Budget.unlimited()).build();
        ServerPool raced = Pools.of("a", "b", "c");
        Selector selector = raced.selector(Algorithms.random());
        for (int i = 0; i < 2000; i++) {
            int how = i % 3;
            List<CompletableFuture<String>> begun = java.util.Collections.synchronizedList(new ArrayList<>());
            CompletableFuture<String> call = failover.callAsync(selector, NONE, Repeat.FREELY, attempt -> {
                CompletableFuture<String> stage = new CompletableFuture<>();
                begun.add(stage);
                return stage;
            });
            Threads.run(2, thread -> {
                if (thread == 0) call.cancel(true);
                else if (how == 0) begun.get(0).complete("ok");
                else begun.get(0).completeExceptionally(new ConnectException());
            });
            assertThat(call).isDone();
            assertThat(raced.inFlight()).isZero();
            assertThat(begun).allMatch(CompletableFuture::isDone);
        }
    }

    private void assertNothingIsLeft() {
        assertThat(pool.inFlight()).isZero();
        assertThat(timers.waiting()).isZero();
    }

    private CompletionStage<String> hang(Attempt attempt) {
        CompletableFuture<String> stage = new CompletableFuture<>();
        stages.add(stage);
        return stage;
    }

    private CallObserver ended() {
        return (start, answered, now, outcome) -> ends.add(outcome);
    }

    private Failover.Builder builder() {
        return Failover.builder().ticker(ticker).timers(timers);
    }
}
