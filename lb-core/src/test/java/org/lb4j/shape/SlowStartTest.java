package org.lb4j.shape;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.lb4j.Hold;
import org.lb4j.Roster;
import org.lb4j.Selector;
import org.lb4j.Server;
import org.lb4j.ServerPool;
import org.lb4j.algorithm.Algorithms;
import org.lb4j.testing.ManualExecutor;
import org.lb4j.testing.ManualTicker;
import org.lb4j.testing.Pools;
import org.lb4j.testing.Rosters;
import org.lb4j.testing.Servers;

final class SlowStartTest {
    private static final Duration WINDOW = Duration.ofSeconds(30);

    private final ManualTicker ticker = new ManualTicker();

    private ServerPool pool(Duration window, double aggression) {
        ServerPool pool = Pools.settings(ticker)
                .shaper(Shapers.slowStart(window, aggression))
                .servers(Servers.list("a", "b", "c", "d", "e"))
                .build();
        ticker.advance(Duration.ofHours(1));
        return pool;
    }

    private ServerPool pool() {
        return pool(WINDOW, 1);
    }

    private static void join(ServerPool pool, String... newcomers) {
        List<Server> servers = new ArrayList<>(
                pool.members().stream().map(member -> member.server()).toList());
        servers.addAll(Servers.list(newcomers));
        pool.update(servers);
    }

    private void seconds(double seconds) {
        ticker.advance(Duration.ofNanos((long) (seconds * 1e9)));
    }

    @ParameterizedTest(name = "window {0} s, aggression {1}, after {2} s: {3}")
    @CsvSource({
        "60, 1, 0, 0.1",
        "60, 1, 5, 0.1",
        "60, 1, 10, 0.1667",
        "60, 1, 40, 0.6667",
        "60, 1, 60, 1",
        "10, 0.9, 7, 0.6728",
        "30, 1, 3, 0.1",
        "30, 1, 6, 0.2",
        "30, 1, 15, 0.5",
        "30, 1, 30, 1",
        "30, 1, 31, 1",
        "30, 2, 15, 0.7071"
    })
    void aNewServerGrowsAsPublished(int window, double aggression, double after, double weight) {
        ServerPool pool = pool(Duration.ofSeconds(window), aggression);
        join(pool, "new");
        seconds(after);
        assertThat(Weights.of(pool, "new")).isEqualTo(weight, within(0.00005));
        assertThat(Weights.of(pool, "a")).isOne();
    }

    @Test
    void theRampIsAPartOfTheServersOwnWeight() {
        ServerPool pool = pool();
        join(pool, "new*4");
        seconds(15);
        assertThat(Weights.of(pool, "new")).isEqualTo(2, within(1e-9));
    }

    @Test
    void whoeverIsThereAtTheStartHasItsWholeWeight() {
        ServerPool pool = Pools.settings(ticker)
                .shaper(Shapers.slowStart())
                .servers(Servers.list("a", "b", "c"))
                .build();
        assertThat(Weights.of(pool)).containsOnly(1);
        seconds(1);
        assertThat(Weights.of(pool)).containsOnly(1);
    }

    @Test
    void aPoolThatIsFilledLaterStartsThen() {
        ServerPool pool = Pools.settings(ticker).shaper(Shapers.slowStart()).build();
        seconds(100);
        pool.update(Servers.list("a", "b", "c"));
        assertThat(Weights.of(pool)).containsOnly(1);
    }

    @Test
    void whenMostOfTheWeightIsNewNobodyRamps() {
        ServerPool pool = pool();
        join(pool, "n1", "n2", "n3", "n4", "n5", "n6");
        seconds(3);
        assertThat(Weights.of(pool)).containsOnly(1);
    }

    @Test
    void whenHalfOfTheWeightIsNewItRamps() {
        ServerPool pool = pool();
        join(pool, "n1*2", "n2*3");
        seconds(15);
        assertThat(Weights.of(pool, "n1")).isEqualTo(1, within(1e-9));
        assertThat(Weights.of(pool, "n2")).isEqualTo(1.5, within(1e-9));
    }

    @Test
    void aThirdNewcomerRestartsNobody() {
        ServerPool pool = pool();
        join(pool, "n1");
        seconds(9);
        join(pool, "n2");
        seconds(9);
        join(pool, "n3");
        assertThat(Weights.of(pool, "n1")).isEqualTo(0.6, within(1e-9));
        assertThat(Weights.of(pool, "n2")).isEqualTo(0.3, within(1e-9));
        assertThat(Weights.of(pool, "n3")).isEqualTo(0.1, within(1e-9));
    }

    @Test
    void aServerThatIsAnnouncedAgainDoesNotStartAgain() {
        ServerPool pool = pool();
        join(pool, "new");
        seconds(15);
        join(pool); // the same list
        assertThat(Weights.of(pool, "new")).isEqualTo(0.5, within(1e-9));
        List<Server> described = new ArrayList<>(Servers.list("a", "b", "c", "d", "e"));
        described.add(Server.builder("new:80").id("new").tag("version", "2").build());
        pool.update(described);
        assertThat(Weights.of(pool, "new")).isEqualTo(0.5, within(1e-9));
        seconds(15);
        pool.update(described);
        assertThat(Weights.of(pool, "new")).isOne();
    }

    @Test
    void aServerThatWentAndCameBackStartsAgain() {
        ServerPool pool = pool();
        pool.update(Servers.list("a", "b", "c", "d"));
        pool.update(Servers.list("a", "b", "c", "d", "e"));
        assertThat(Weights.of(pool, "e")).isEqualTo(0.1);
    }

    @ParameterizedTest
    @CsvSource({"ADMIN", "DRAIN", "CHECK", "OUTLIER"})
    void aServerThatWasHeldStartsWhenItsLastHoldIsReleased(Hold hold) {
        ServerPool pool = pool();
        pool.hold("e", hold);
        pool.hold("e", Hold.ADMIN);
        seconds(100);
        assertThat(Weights.of(pool, "e")).isZero();
        pool.release("e", hold);
        seconds(10);
        pool.release("e", Hold.ADMIN);
        seconds(15);
        assertThat(Weights.of(pool, "e")).isEqualTo(hold == Hold.ADMIN ? 25.0 / 30 : 0.5, within(1e-9));
    }

    @Test
    void aFactorThatWasZeroStartsItAgainAndOneThatWasNotDoesNot() {
        ServerPool pool = pool();
        pool.scale("d", "health", 0);
        pool.scale("e", "health", 0.5);
        seconds(60);
        pool.scale("d", "health", 1);
        pool.scale("e", "health", 1);
        seconds(15);
        assertThat(Weights.of(pool, "d")).isEqualTo(0.5, within(1e-9));
        assertThat(Weights.of(pool, "e")).isOne();
    }

    /** Twenty steps a window: the picker that is in use has the weights of the last step. */
    @Test
    void theWeightGrowsInStepsAndIsWholeWhenTheWindowEnds() {
        ManualExecutor executor = new ManualExecutor();
        ServerPool pool = Pools.settings(ticker)
                .executor(executor)
                .shaper(Shapers.slowStart(WINDOW))
                .servers(Servers.list("a", "b", "c"))
                .build();
        Selector selector = pool.selector(Algorithms.random());
        seconds(3600);
        join(pool, "new");
        int steps = 0;
        for (int tenth = 1; tenth <= 300; tenth++) {
            seconds(0.1);
            selector.next();
            steps += executor.runAll();
        }
        assertThat(steps).isEqualTo(20);
        assertThat(weights(pool)).containsOnly(1); // without asking what is due
        seconds(100);
        selector.next();
        assertThat(executor.waiting()).isZero();
    }

    /** The last step comes at the end of the window, however the steps before it fell. */
    @Test
    void theLastStepIsNotBeyondTheEnd() {
        ManualExecutor executor = new ManualExecutor();
        ServerPool pool = Pools.settings(ticker)
                .executor(executor)
                .shaper(Shapers.slowStart(WINDOW))
                .servers(Servers.list("a", "b", "c"))
                .build();
        Selector selector = pool.selector(Algorithms.random());
        seconds(3600);
        join(pool, "new");
        seconds(29.5);
        selector.next();
        assertThat(executor.runAll()).isOne();
        seconds(0.5);
        selector.next();
        assertThat(executor.runAll()).isOne();
        assertThat(weights(pool)).containsOnly(1);
    }

    private static double[] weights(ServerPool pool) {
        return Weights.of(Rosters.of(pool));
    }

    @Test
    void aShortWindowStepsOnceASecondAtMost() {
        ManualExecutor executor = new ManualExecutor();
        ServerPool pool = Pools.settings(ticker)
                .executor(executor)
                .shaper(Shapers.slowStart(Duration.ofSeconds(5)))
                .servers(Servers.list("a", "b", "c"))
                .build();
        Selector selector = pool.selector(Algorithms.random());
        seconds(3600);
        join(pool, "new");
        int steps = 0;
        for (int hundredth = 1; hundredth <= 1000; hundredth++) {
            seconds(0.01);
            selector.next();
            steps += executor.runAll();
        }
        assertThat(steps).isEqualTo(5);
    }

    @Test
    void whenNobodyRampsItReturnsTheSameRoster() {
        Roster roster = Rosters.shaped("a*3", "b", "c:held");
        assertThat(Shapers.slowStart().shape(roster)).isSameAs(roster);
    }

    @Test
    void whatMakesNoSenseIsRefused() {
        assertThatThrownBy(() -> Shapers.slowStart(Duration.ZERO))
                .hasMessage("slow start window must be above 0, was PT0S");
        assertThatThrownBy(() -> Shapers.slowStart(WINDOW, 0)).hasMessage("aggression must be above 0, was 0.0");
        assertThatThrownBy(() -> Shapers.slowStart(WINDOW, Double.NaN)).isInstanceOf(IllegalArgumentException.class);
    }
}
