package org.lb4j;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.lb4j.testing.ManualExecutor;
import org.lb4j.testing.ManualTicker;
import org.lb4j.testing.PlainDraw;
import org.lb4j.testing.Pools;
import org.lb4j.testing.Servers;

/** What changes by time alone: a shaper says until when, and no timer is needed. */
final class StepTest {
    private static final Duration WINDOW = Duration.ofSeconds(10);

    private final ManualTicker ticker = new ManualTicker();
    private final long open = ticker.nanos() + WINDOW.toNanos();
    private final AtomicInteger shaped = new AtomicInteger();
    private final AtomicInteger reads = new AtomicInteger();
    private final ManualExecutor executor = new ManualExecutor();

    /** Keeps b out until its time has come. */
    private Roster keepOut(Roster roster) {
        shaped.incrementAndGet();
        if (roster.now() - open >= 0) return roster;
        double[] weights = new double[roster.size()];
        for (int i = 0; i < weights.length; i++)
            weights[i] = roster.member(i).server().id().equals("b") ? 0 : roster.weight(i);
        return roster.withWeights(weights).until(open);
    }

    private ServerPool.Builder settings() {
        return ServerPool.builder()
                .seed(Pools.SEED)
                .ticker(() -> {
                    reads.incrementAndGet();
                    return ticker.nanos();
                })
                .shaper(this::keepOut);
    }

    private static ServerPool pool(ServerPool.Builder settings) {
        return settings.servers(Servers.list("a", "b", "c")).build();
    }

    @Test
    void theFirstPickBeyondTheTimeShapesAgain() {
        Selector selector = pool(settings()).selector(new PlainDraw());
        ticker.set(open - 1);
        assertThat(Seen.by(selector)).containsExactlyInAnyOrder("a", "c");
        assertThat(shaped).hasValue(1);
        ticker.set(open);
        assertThat(Seen.by(selector)).containsExactlyInAnyOrder("a", "b", "c");
        assertThat(shaped).hasValue(2);
    }

    @Test
    void anAcquiredPickDoesSoToo() {
        ServerPool pool = pool(settings());
        Selector selector = pool.selector(new PlainDraw());
        ticker.set(open);
        selector.acquire().success();
        assertThat(shaped).hasValue(2);
    }

    @Test
    void statusAppliesWhatIsDue() {
        ServerPool pool = pool(settings());
        assertThat(Seen.weights(pool)).containsEntry("b", 0.0);
        ticker.set(open);
        assertThat(Seen.weights(pool)).containsEntry("b", 1.0);
    }

    @Test
    void statusDoesNotWaitForTheExecutor() {
        ServerPool pool = pool(settings().executor(executor));
        ticker.set(open);
        assertThat(Seen.weights(pool)).containsEntry("b", 1.0);
        assertThat(executor.waiting()).isZero();
    }

    @Test
    void aStepThatOnlyServersOnTrialHaveIsTakenToo() {
        ServerPool pool = Pools.of(
                Pools.settings(ticker).shaper(roster -> {
                    shaped.incrementAndGet();
                    return roster.weight(1) > 0 ? roster.until(open) : roster;
                }),
                "a",
                "t:outlier",
                "c");
        Selector selector = pool.selector(new PlainDraw());
        pool.trial("t", WINDOW);
        int before = shaped.get();
        ticker.set(open);
        selector.next();
        assertThat(shaped.get()).isGreaterThan(before);
    }

    @Test
    void othersGoOnWithTheOldPickerWhileTheExecutorShapes() {
        Selector selector = pool(settings().executor(executor)).selector(new PlainDraw());
        ticker.set(open);
        assertThat(Seen.by(selector)).containsExactlyInAnyOrder("a", "c");
        assertThat(executor.waiting()).isOne();
        executor.runAll();
        assertThat(Seen.by(selector)).containsExactlyInAnyOrder("a", "b", "c");
        assertThat(executor.waiting()).isZero();
    }

    @Test
    void whatTheExecutorRefusesTheCallerDoes() {
        ServerPool.Builder settings = settings().executor(task -> {
            throw new RejectedExecutionException("full");
        });
        Selector selector = pool(settings).selector(new PlainDraw());
        ticker.set(open);
        assertThat(Seen.by(selector)).containsExactlyInAnyOrder("a", "b", "c");
    }

    @Test
    void aChangeInBetweenIsShapedWithTheTimeOfThatChangeAndTheStepIsVoid() {
        ServerPool pool = pool(settings().executor(executor));
        Selector selector = pool.selector(new PlainDraw());
        ticker.set(open);
        selector.next();
        pool.update(Servers.list("a", "b"));
        assertThat(Seen.by(selector)).containsExactlyInAnyOrder("a", "b");
        executor.runAll();
        assertThat(Seen.by(selector)).containsExactlyInAnyOrder("a", "b");
    }

    @Test
    void theEarliestTimeCounts() {
        ServerPool.Builder settings = settings()
                .shaper(roster -> roster.until(roster.now() + WINDOW.toNanos() * 2))
                .shaper(roster -> roster.until(roster.now() + 5));
        ServerPool.Builder others = settings()
                .shaper(roster -> roster.until(roster.now() + 5))
                .shaper(roster -> roster.until(roster.now() + WINDOW.toNanos() * 2));
        for (ServerPool.Builder each : List.of(settings, others)) {
            Selector selector = pool(each).selector(new PlainDraw());
            shaped.set(0);
            ticker.advance(Duration.ofNanos(5));
            selector.next();
            assertThat(shaped).hasValue(1);
        }
    }

    @Test
    void eachSelectorAndEachViewStepsByItself() {
        ServerPool pool = pool(settings());
        Selector one = pool.selector(new PlainDraw());
        Selector other = pool.selector(new PlainDraw());
        ServerPool view = pool.where(server -> !server.id().equals("a"));
        Selector ofView = view.selector(new PlainDraw());
        ticker.set(open);
        assertThat(Seen.by(one)).contains("b");
        assertThat(shaped).hasValue(3);
        assertThat(Seen.by(other)).contains("b");
        assertThat(shaped).hasValue(3);
        assertThat(Seen.by(ofView)).containsExactlyInAnyOrder("b", "c");
        assertThat(shaped).hasValue(4);
    }

    @Test
    void whoeverNeedsNoTimeReadsNoClock() {
        ServerPool pool = pool(settings());
        Selector selector = pool.selector(new PlainDraw());
        reads.set(0);
        selector.next();
        assertThat(reads).as("while a step is to come").hasValue(1);
        ticker.set(open);
        selector.next();
        reads.set(0);
        for (int i = 0; i < 100; i++) selector.next();
        assertThat(reads).as("when none is").hasValue(0);
    }

    @Test
    void acquireReadsTheClockOnceAndItsEndOnlyIfSomebodyWantsToKnow() {
        ServerPool pool = Pools.of(ServerPool.builder().ticker(() -> reads.incrementAndGet()), "a", "b");
        Selector selector = pool.selector(new PlainDraw());
        reads.set(0);
        Lease lease = selector.acquire();
        assertThat(reads).hasValue(1);
        lease.success();
        assertThat(reads).hasValue(1);
        pool.onCall(server -> (start, answered, now, outcome) -> {});
        reads.set(0);
        selector.acquire().success();
        assertThat(reads).hasValue(2);
    }

    @Test
    void aTimedPickerIsGivenTheTimeAndAnotherZero() {
        ServerPool pool = Pools.of(ticker, "a", "b");
        Selector untimed = pool.selector((roster, before) -> (context, now) -> roster.member(now == 0 ? 0 : 1));
        Selector timed = pool.selector((roster, before) -> new Timed(roster));
        assertThat(untimed.next().id()).isEqualTo("a");
        assertThat(untimed.acquire().server().id()).isEqualTo("b");
        assertThat(timed.next().id()).isEqualTo("b");
    }

    private record Timed(Roster roster) implements Picker {
        @Override
        public Member pick(SelectionContext context, long now) {
            return roster.member(now == 0 ? 0 : 1);
        }

        @Override
        public boolean timed() {
            return true;
        }
    }
}
