package org.lb4j;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.lb4j.testing.PlainDraw;
import org.lb4j.testing.Servers;

/** Chance: seeded, the same calls give the same picks. */
final class SeedTest {
    private static List<String> picks(ServerPool.Builder settings) {
        ServerPool pool = settings.ticker(() -> 7)
                .servers(Servers.list("a*3", "b", "c#1"))
                .build();
        Selector selector = pool.selector(new PlainDraw());
        List<String> picks = new ArrayList<>();
        for (int i = 0; i < 100; i++) picks.add(selector.next().id());
        pool.hold("a", Hold.CHECK);
        SelectionContext retry = SelectionContext.none().excluding(Servers.of("b"));
        for (int i = 0; i < 100; i++) picks.add(selector.acquire(retry).server().id());
        return picks;
    }

    @Test
    void theSameCallsGiveTheSamePicks() {
        assertThat(picks(ServerPool.builder().seed(5)))
                .isEqualTo(picks(ServerPool.builder().seed(5)));
        assertThat(picks(ServerPool.builder().seed(0)))
                .isEqualTo(picks(ServerPool.builder().seed(0)));
    }

    @Test
    void anotherSeedGivesOthers() {
        assertThat(picks(ServerPool.builder().seed(5)))
                .isNotEqualTo(picks(ServerPool.builder().seed(6)));
    }

    @Test
    void withoutASeedEachPoolIsItsOwn() {
        assertThat(picks(ServerPool.builder())).isNotEqualTo(picks(ServerPool.builder()));
    }

    /** 64 sums of 10^4 coins, sd 50 each: 6 sd are passed by one of them with a chance of 2 * 10^-7. */
    @Test
    void everyBitOfADrawIsFair() {
        Chance chance = new Chance(1L);
        int[] ones = new int[64];
        int draws = 10_000;
        for (int i = 0; i < draws; i++) {
            long bits = chance.next();
            for (int bit = 0; bit < 64; bit++) ones[bit] += (int) (bits >>> bit & 1);
        }
        for (int count : ones) assertThat(count).as("seed 1").isBetween(draws / 2 - 300, draws / 2 + 300);
    }
}
