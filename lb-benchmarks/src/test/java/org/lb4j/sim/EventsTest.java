package org.lb4j.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class EventsTest {
    @Test
    void whatIsDueHappensInOrderOfTimeAndThenOfPlanning() {
        Events events = new Events();
        Dice dice = new Dice(3);
        List<Long> seen = new ArrayList<>();
        for (int i = 0; i < 5000; i++) {
            long time = dice.below(100);
            long planned = i;
            events.at(time, () -> seen.add(time * 10_000 + planned));
        }
        events.run();
        assertThat(seen).hasSize(5000).isSorted();
    }

    @Test
    void theClockStandsAtWhatHappens() {
        Events events = new Events();
        List<Long> times = new ArrayList<>();
        events.at(7, () -> {
            times.add(events.nanos());
            events.at(9, () -> times.add(events.nanos()));
        });
        events.run();
        assertThat(times).containsExactly(7L, 9L);
    }

    @Test
    void diceOfOneSeedFallAlikeAndEvenly() {
        int[] sums = IntStream.range(0, 2)
                .map(i -> {
                    Dice dice = Dice.of(11, 4);
                    return IntStream.range(0, 10_000).map(j -> dice.below(10)).sum();
                })
                .toArray();
        assertThat(sums[0]).isEqualTo(sums[1]).isBetween(43_500, 46_500); // 45,000 +- 5 sigma of 287
    }
}
