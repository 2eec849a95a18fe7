package org.lb4j.failover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;
import org.lb4j.CallObserver;
import org.lb4j.NoServerAvailableException;
import org.lb4j.Outcome;
import org.lb4j.SelectionContext;
import org.lb4j.Selector;
import org.lb4j.ServerPool;
import org.lb4j.algorithm.Algorithms;
import org.lb4j.testing.ManualTicker;
import org.lb4j.testing.Pools;
import org.lb4j.testing.Threads;

final class FailoverTest {
    private static final SelectionContext NONE = SelectionContext.none();

    private final ManualTicker ticker = new ManualTicker();
    private final List<String> tried = new ArrayList<>();
    private final List<Outcome> ends = new ArrayList<>();

    @Test
    void eachRefusalLeadsToAnotherServerAndCostsNothing() {
        ServerPool pool = pool("a", "b", "c");
        Failover failover = builder().budget(Budget.none()).build();
        Throwable thrown = catchThrowable(() -> failover.call(roundRobin(pool), NONE, Repeat.FREELY, attempt -> {
            tried.add(attempt.server().id());
            throw new ConnectException("refused by " + attempt.server().id());
        }));
        assertThat(tried).containsExactlyInAnyOrder("a", "b", "c");
        assertThat(thrown).isInstanceOf(ConnectException.class).hasMessage("refused by " + tried.get(2));
        FailedAttempts story = FailedAttempts.in(thrown);
        assertThat(story)
                .hasMessage(
                        "3 attempts, no attempt left: #1 %s NEVER_SENT after 0 ms, #2 %s NEVER_SENT after 0 ms, "
                                + "#3 %s NEVER_SENT after 0 ms",
                        tried.toArray());
        assertThat(story.getSuppressed())
                .extracting(Throwable::getMessage)
                .containsExactly("refused by " + tried.get(0), "refused by " + tried.get(1));
        assertThat(ends).containsOnly(Outcome.FAILURE).hasSize(3);
        assertThat(failover.stats().repeats()).isEqualTo(Map.of(Failure.NEVER_SENT, 2L));
        assertThat(pool.inFlight()).isZero();
    }

    @Test
    void whatMayHaveBeenProcessedIsRepeatedOnlyIfItMayBe() throws Exception {
        Selector two = roundRobin(pool("a", "b"));
        Failover failover = builder().build();
        assertThatThrownBy(() -> failover.call(two, server -> failFirst(server.id(), new EOFException())))
                .isInstanceOf(EOFException.class);
        assertThat(tried).hasSize(1);
        tried.clear();
        assertThat(failover.<String, Exception>call(
                        two,
                        NONE,
                        Repeat.FREELY,
                        each -> failFirst(each.server().id(), new EOFException())))
                .isEqualTo("ok");
        assertThat(tried).hasSize(2).doesNotHaveDuplicates();
    }

    @Test
    void aLoneServerThatAnsweredBadlyIsAskedAgain() throws Exception {
        ServerPool pool = pool("a");
        String result = builder()
                .build()
                .call(
                        roundRobin(pool),
                        NONE,
                        Repeat.FREELY,
                        each -> failFirst(each.server().id(), new EOFException()));
        assertThat(result).isEqualTo("ok");
        assertThat(tried).containsExactly("a", "a");
        assertThat(pool.inFlight()).isZero();
    }

    @Test
    void aLoneServerThatCouldNotBeReachedIsNotAskedTwice() {
        Throwable thrown = catchThrowable(() -> builder()
                .build()
                .call(roundRobin(pool("a")), server -> failFirst(server.id(), new ConnectException("refused"))));
        assertThat(tried).containsExactly("a");
        assertThat(FailedAttempts.in(thrown)).hasMessage("1 attempt, no other server left: #1 a NEVER_SENT after 0 ms");
    }

    @Test
    void onlyTheUnreachableAreLeftOutOnceAllWereTried() throws Exception {
        Selector two = pool("a", "b").selector(Algorithms.firstAvailable());
        String result = builder().maxAttempts(5).build().call(two, NONE, Repeat.FREELY, attempt -> {
            tried.add(attempt.server().id());
            if (attempt.number() == 1) throw new ConnectException("refused");
            if (attempt.number() < 5) throw new EOFException();
            return "ok";
        });
        assertThat(result).isEqualTo("ok");
        assertThat(tried).containsExactly("a", "b", "b", "b", "b");
    }

    @Test
    void theNextTierIsTriedWhenAllOfTheFirstWere() throws Exception {
        Selector tiers = roundRobin(pool("a", "b", "c#1"));
        String result = builder().build().call(tiers, NONE, Repeat.FREELY, attempt -> {
            tried.add(attempt.server().id());
            if (attempt.number() < 3) throw new EOFException();
            return "ok";
        });
        assertThat(result).isEqualTo("ok");
        assertThat(tried.subList(0, 2)).containsExactlyInAnyOrder("a", "b");
        assertThat(tried.get(2)).isEqualTo("c");
    }

    @Test
    void untilAllTriedFindsTheOneThatAnswers() throws Exception {
        Failover all = builder().untilAllTried().build();
        for (var algorithm : List.of(Algorithms.random(), Algorithms.roundRobin(), Algorithms.leastConnections())) {
            tried.clear();
            Selector five = pool("a", "b", "c", "d", "e").selector(algorithm);
            String result = all.call(five, SelectionContext.key("k"), Repeat.IF_NOT_PROCESSED, attempt -> {
                tried.add(attempt.server().id());
                if (!attempt.server().id().equals("e")) throw new ConnectException("refused");
                return "ok";
            });
            assertThat(result).isEqualTo("ok");
            assertThat(tried).doesNotHaveDuplicates().endsWith("e");
        }
    }

    @Test
    void untilAllTriedAsksEachServerOnce() {
        Failover all = builder().untilAllTried().build();
        assertThatThrownBy(() -> all.call(roundRobin(pool("a", "b", "c")), NONE, Repeat.FREELY, attempt -> {
                    tried.add(attempt.server().id());
                    throw new EOFException();
                }))
                .isInstanceOf(EOFException.class);
        assertThat(tried).containsExactlyInAnyOrder("a", "b", "c");
    }

    @Test
    void concurrentCallsDoNotHandEachOthersServersOn() throws Exception {
        ServerPool pool = Pools.of("a", "b", "c", "d");
        Selector shared = roundRobin(pool);
        Failover all =
                Failover.builder().untilAllTried().budget(Budget.unlimited()).build();
        Threads.run(8, thread -> {
            for (int i = 0; i < 2000; i++) {
                List<String> own = new ArrayList<>();
                var unused = catchThrowable(() -> all.call(shared, NONE, Repeat.FREELY, attempt -> {
                    own.add(attempt.server().id());
                    throw new EOFException();
                }));
                assertThat(new HashSet<>(own)).hasSize(4);
                assertThat(own).hasSize(4);
            }
        });
        assertThat(pool.inFlight()).isZero();
    }

    @Test
    void aSessionStaysWithAServerThatAnsweredAndLeavesOneItCanNotReach() throws Exception {
        Selector two = roundRobin(pool("a", "b"));
        SelectionContext home = SelectionContext.none().preferring("b");
        Failover failover = builder().build();
        Attempts answered = failover.attempts(two, home, Repeat.FREELY);
        Attempt first = answered.first();
        Attempt second = answered.after(first, Failure.ANSWERED, null);
        assertThat(second.server().id()).isEqualTo("b");
        answered.cancel();

        Attempts broken = failover.attempts(two, home, Repeat.FREELY);
        Attempt away = broken.after(broken.first(), Failure.AMBIGUOUS, null);
        assertThat(away.server().id()).isEqualTo("a");
        broken.cancel();
    }

    @Test
    void whoWantsOneServerOnlyIsNeverSentElsewhere() throws Exception {
        Selector two = roundRobin(pool("a", "b"));
        String result = builder()
                .build()
                .call(
                        two,
                        SelectionContext.only("b"),
                        Repeat.FREELY,
                        each -> failFirst(each.server().id(), new EOFException()));
        assertThat(result).isEqualTo("ok");
        assertThat(tried).containsExactly("b", "b");
    }

    @Test
    void theFirstPickWithoutAServerIsToldAsItIs() {
        assertThatThrownBy(() -> builder().build().call(roundRobin(pool("a:held")), server -> "never"))
                .isInstanceOf(NoServerAvailableException.class)
                .hasMessageStartingWith("no server: 1 known, 0 eligible");
    }

    @Test
    void ourOwnFaultsAreNeitherRepeatedNorBlamedOnAServer() {
        assertThatThrownBy(() -> builder()
                        .build()
                        .call(
                                roundRobin(pool("a", "b")),
                                NONE,
                                Repeat.FREELY,
                                each -> failFirst(each.server().id(), new IllegalStateException("a bug"))))
                .isInstanceOf(IllegalStateException.class);
        assertThat(tried).hasSize(1);
        assertThat(ends).containsExactly(Outcome.CANCELLED);
    }

    @Test
    void aCallerWhoLeavesIsNotServedElsewhere() {
        assertThatThrownBy(() -> builder()
                        .build()
                        .call(
                                roundRobin(pool("a", "b")),
                                NONE,
                                Repeat.FREELY,
                                each -> failFirst(each.server().id(), new CancellationException())))
                .isInstanceOf(CancellationException.class);
        assertThat(tried).hasSize(1);
        assertThat(ends).containsExactly(Outcome.CANCELLED);
    }

    @Test
    void anExceptionThatNobodyKnowsIsRepeatedOnlyFreely() throws Exception {
        Failover failover = builder().build();
        Selector two = roundRobin(pool("a", "b"));
        assertThatThrownBy(() -> failover.call(two, server -> failFirst(server.id(), new Exception("odd"))))
                .hasMessage("odd");
        assertThat(tried).hasSize(1);
        tried.clear();
        assertThat(failover.<String, Exception>call(
                        two,
                        NONE,
                        Repeat.FREELY,
                        each -> failFirst(each.server().id(), new Exception("odd"))))
                .isEqualTo("ok");
    }

    @Test
    void aClassifierGoesFirstAndWhatIsKnownOfSendingStillHolds() throws Exception {
        Failover failover = builder().classifier(thrown -> Failure.NEVER_SENT).build();
        Selector two = roundRobin(pool("a", "b"));
        assertThat(failover.<String, Exception>call(two, server -> failFirst(server.id(), new IOException("mine"))))
                .isEqualTo("ok");
        tried.clear();
        assertThatThrownBy(() -> failover.call(two, NONE, Repeat.IF_NOT_PROCESSED, attempt -> {
                    attempt.sent();
                    return failFirst(attempt.server().id(), new IOException("mine"));
                }))
                .hasMessage("mine");
        assertThat(tried).hasSize(1);
    }

    @Test
    void anAdapterThatWatchesSendingKnowsWhatWasNeverSent() throws Exception {
        String result = builder().build().call(roundRobin(pool("a", "b")), NONE, Repeat.IF_NOT_PROCESSED, attempt -> {
            attempt.unsent();
            return failFirst(attempt.server().id(), new IOException("cut"));
        });
        assertThat(result).isEqualTo("ok");
    }

    @Test
    void aBodyThatIsUsedUpIsNotSentAgain() {
        assertThatThrownBy(() -> builder().build().call(roundRobin(pool("a", "b")), NONE, Repeat.FREELY, attempt -> {
                    attempt.spent();
                    return failFirst(attempt.server().id(), new ConnectException("refused"));
                }))
                .isInstanceOf(ConnectException.class);
        assertThat(tried).hasSize(1);
    }

    @Test
    void aLocalFaultIsKnownWhateverTheClientMakesOfIt() {
        Throwable thrown = catchThrowable(() -> builder()
                .build()
                .call(roundRobin(pool("a", "b")), NONE, Repeat.FREELY, attempt -> {
                    attempt.localFault(new IllegalStateException("publisher"));
                    return failFirst(attempt.server().id(), new IOException("publisher"));
                }));
        assertThat(thrown).isInstanceOf(IOException.class);
        assertThat(tried).hasSize(1);
        assertThat(ends).containsExactly(Outcome.CANCELLED);
    }

    @Test
    void noneTriesOnceAndKeepsTheSameBooks() {
        ServerPool pool = pool("a", "b");
        assertThatThrownBy(() -> Failover.none()
                        .call(roundRobin(pool), server -> failFirst(server.id(), new ConnectException("refused"))))
                .hasMessage("refused");
        assertThat(tried).hasSize(1);
        assertThat(pool.inFlight()).isZero();
    }

    @Test
    void noAttemptBeginsWithoutAMillisecond() {
        Selector two = roundRobin(pool("a", "b"));
        Failover failover = builder().timeout(Duration.ofSeconds(1)).build();
        assertThatThrownBy(() -> failover.within(Duration.ofNanos(999_999)).call(two, server -> "never"))
                .isInstanceOf(NoTimeLeftException.class)
                .hasMessage("no time left: 0.9 ms");
        String[] server = new String[1];
        Throwable thrown = catchThrowable(() -> failover.call(two, NONE, Repeat.FREELY, attempt -> {
            server[0] = attempt.server().id();
            assertThat(attempt.timeLeft()).isEqualTo(Duration.ofSeconds(1));
            ticker.advance(Duration.ofNanos(999_000_001));
            throw new EOFException();
        }));
        assertThat(FailedAttempts.in(thrown))
                .hasMessage("1 attempt, no time left: #1 %s AMBIGUOUS after 999 ms", server[0]);
        assertThat(failover.stats().refusedByTime()).isEqualTo(1);
    }

    @Test
    void timeLeftIsRoundedUpSoThatItIsNeverNoLimit() throws Exception {
        Failover failover = builder().attemptTimeout(Duration.ofMillis(10)).build();
        failover.call(roundRobin(pool("a")), NONE, Repeat.NEVER, attempt -> {
            ticker.advance(Duration.ofNanos(9_999_999));
            assertThat(attempt.timeLeft()).isEqualTo(Duration.ofMillis(1));
            ticker.advance(Duration.ofMillis(5));
            assertThat(attempt.timeLeft()).isEqualTo(Duration.ofMillis(1));
            return null;
        });
    }

    @Test
    void anExceptionThatIsThrownAgainAndAgainDoesNotGrow() {
        IOException same = new IOException("same");
        Failover failover = builder().build();
        Selector one = roundRobin(pool("a"));
        for (int i = 0; i < 100; i++) {
            var unused = catchThrowable(() -> failover.call(one, server -> {
                throw same;
            }));
        }
        assertThat(same.getSuppressed()).hasSizeLessThanOrEqualTo(8);
    }

    @Test
    void aListenerSeesWhatIsBeyondOneAttemptAndCanNotDoHarm() throws Exception {
        List<FailoverEvent> events = new ArrayList<>();
        Failover failover = builder()
                .maxAttempts(2)
                .listener(event -> {
                    events.add(event);
                    throw new IllegalStateException("a bad listener");
                })
                .build();
        Selector two = roundRobin(pool("a", "b"));
        failover.call(two, server -> "ok");
        assertThat(events).isEmpty();
        var unused = catchThrowable(() -> failover.call(two, server -> {
            throw new ConnectException();
        }));
        assertThat(events)
                .extracting(FailoverEvent::kind)
                .containsExactly(FailoverEvent.Kind.REPEATED, FailoverEvent.Kind.GIVEN_UP);
    }

    private String failFirst(String id, Throwable thrown) throws Exception {
        tried.add(id);
        if (tried.size() > 1) return "ok";
        if (thrown instanceof Error error) throw error;
        throw (Exception) thrown;
    }

    private Failover.Builder builder() {
        return Failover.builder().ticker(ticker);
    }

    private static Selector roundRobin(ServerPool pool) {
        return pool.selector(Algorithms.roundRobin());
    }

    private ServerPool pool(String... members) {
        CallObserver observer = (start, answered, now, outcome) -> ends.add(outcome);
        return Pools.of(Pools.settings(ticker).onCall(server -> observer), members);
    }
}
