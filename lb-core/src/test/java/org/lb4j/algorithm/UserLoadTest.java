package org.lb4j.algorithm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.lb4j.Load;
import org.lb4j.Member;
import org.lb4j.Selector;
import org.lb4j.ServerPool;
import org.lb4j.Signal;
import org.lb4j.testing.ManualTicker;
import org.lb4j.testing.Pools;
import org.lb4j.testing.Servers;

/** What a load of the user's own may return, and what it should not. */
final class UserLoadTest {
    private static final int PICKS = 60_000;

    private static Load table(String values) {
        double[] each = Arrays.stream(values.trim().split(" +"))
                .mapToDouble(Double::parseDouble)
                .toArray();
        return (member, now) -> each[member.slot()];
    }

    @ParameterizedTest(name = "weights {0}, loads {1}: shares {2}")
    @CsvSource({
        "1 1 1, 1 3 NaN, 1 0 0", // the unknown one counts as 2
        "1 1 1, 1 1 NaN, 1 1 1",
        "1 1 1, NaN NaN NaN, 1 1 1",
        "1 2 3, NaN NaN NaN, 1 2 3",
        "1 1 1, -5 -1 -5, 1 0 1",
        "1 1 1, 0 0 1, 1 1 0",
        "1 1 1, Infinity 1 Infinity, 0 1 0",
        "1 1 1, Infinity Infinity Infinity, 1 1 1",
        "2 1 1, 2 1 1, 1 1 1" // equal loads are drawn by weight, but a is not as idle as b and c
    })
    void theLeastOfAllCopesWithAnyNumber(String weights, String loads, String shares) {
        ServerPool pool = Fleet.weighing(Fleet.ints(weights));
        Picks.of(pool, Algorithms.leastLoaded(table(loads)), PICKS).fit(Fleet.doubles(Fleet.ints(shares)));
    }

    @ParameterizedTest(name = "loads {0}: shares {1}")
    @CsvSource({
        "1 3 NaN, 3 1 2", // of a and the unknown one a coin decides, as of b and the unknown one
        "NaN NaN NaN, 1 1 1",
        "-5 -1 -5, 1 0 1",
        "Infinity 1 Infinity, 1 4 1",
        "Infinity Infinity Infinity, 1 1 1"
    })
    void theBetterOfTwoCopesWithAnyNumber(String loads, String shares) {
        Picks.of(Fleet.equal(3), Algorithms.powerOf(2, table(loads)), PICKS).fit(Fleet.doubles(Fleet.ints(shares)));
    }

    @Test
    void aLoadOfUnknownNeedsIsGivenTheTime() {
        AtomicLong given = new AtomicLong();
        Load noting = (member, now) -> given.getAndSet(now);
        Pools.of("a", "b").selector(Algorithms.leastLoaded(noting)).next();
        assertThat(given).hasValue(ManualTicker.START);
    }

    @Test
    void aLoadThatNeedsNothingIsGivenNoTimeUnlessACallIsCounted() {
        AtomicLong given = new AtomicLong(-1);
        Load noting = new Load() {
            @Override
            public double of(Member member, long now) {
                given.set(now);
                return 0;
            }

            @Override
            public Set<Signal> signals() {
                return Set.of();
            }
        };
        Selector selector = Pools.of("a", "b").selector(Algorithms.powerOf(2, noting));
        selector.next();
        assertThat(given).hasValue(0);
        selector.acquire();
        assertThat(given).hasValue(ManualTicker.START);
    }

    @Test
    void whatALoadThrowsReachesTheCallerAndNoCallIsCounted() {
        AtomicBoolean broken = new AtomicBoolean(true);
        Load load = (member, now) -> {
            if (broken.get()) throw new IllegalStateException("no idea");
            return 1;
        };
        ServerPool pool = Pools.of("a", "b", "c");
        for (Selector selector :
                new Selector[] {pool.selector(Algorithms.leastLoaded(load)), pool.selector(Algorithms.powerOf(2, load))
                }) {
            broken.set(true);
            assertThatThrownBy(selector::acquire).hasMessage("no idea");
            assertThatThrownBy(selector::next).hasMessage("no idea");
            assertThat(pool.inFlight()).isZero();
            broken.set(false);
            selector.acquire().success();
        }
    }

    @Test
    void aLoadThatThrowsWhenAListComesLeavesTheOldPickerInUse() {
        AtomicBoolean broken = new AtomicBoolean();
        Load load = new Load() {
            @Override
            public double of(Member member, long now) {
                return Map.of("a", 1.0, "b", 2.0).getOrDefault(member.server().id(), 0.0);
            }

            @Override
            public Set<Signal> signals() {
                if (broken.get()) throw new IllegalStateException("no idea");
                return Set.of();
            }
        };
        ServerPool pool = Pools.of("a", "b");
        Selector selector = pool.selector(Algorithms.leastLoaded(load));
        broken.set(true);
        pool.update(Servers.list("a", "b", "c"));
        assertThat(pool.faults()).isOne();
        assertThat(selector.next().id()).isEqualTo("a");
        broken.set(false);
        pool.update(Servers.list("a", "b", "c", "d*0"));
        assertThat(selector.next().id()).isEqualTo("c");
    }
}
