package org.lb4j.sticky;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.lb4j.Member;
import org.lb4j.hash.Xxh64;
import org.lb4j.testing.Pools;
import org.lb4j.testing.Servers;

/** Homes of 100,000 keys. What is counted is the same in every run: the hash has no seed. */
final class HomesTest {
    private static final int KEYS = 100_000;

    @Test
    void b6OneServerMoreTakesAtMostItsShareAndMovesNobodyElse() {
        String[] three = homes(null, "a", "b", "c");
        String[] four = homes(null, "a", "b", "c", "d");
        int moved = 0;
        for (int i = 0; i < KEYS; i++) {
            if (three[i].equals(four[i])) continue;
            moved++;
            assertThat(four[i]).isEqualTo("d");
        }
        assertThat(moved / (double) KEYS).isLessThanOrEqualTo(0.3).isCloseTo(0.25, within(0.01)); // 7 sigma
    }

    @Test
    void b7WhenOneLeavesOnlyItsKeysMoveAndSpreadOverTheRest() {
        String[] before = homes(null, "a", "b", "c", "d", "e");
        String[] after = homes(null, "a", "b", "c", "d");
        for (int i = 0; i < KEYS; i++)
            if (!before[i].equals("e")) assertThat(after[i]).isEqualTo(before[i]);
        Map<String, Integer> counts = counts(after);
        double most = counts.values().stream().mapToInt(count -> count).max().orElseThrow();
        assertThat(most / (KEYS / 4.0)).isLessThanOrEqualTo(1.3);
    }

    @Test
    void keysFallByConfiguredWeight() {
        Map<String, Integer> counts = counts(homes(null, "a*5", "b*3", "c*2"));
        assertThat(counts.get("a") / (double) KEYS).isCloseTo(0.5, within(0.012)); // 7 sigma
        assertThat(counts.get("b") / (double) KEYS).isCloseTo(0.3, within(0.011));
        assertThat(counts.get("c") / (double) KEYS).isCloseTo(0.2, within(0.01));
    }

    @Test
    void aLargerWeightTakesKeysFromOthersAndMovesNobodyElse() {
        String[] before = homes(null, "a", "b", "c");
        String[] after = homes(null, "a*2", "b", "c");
        for (int i = 0; i < KEYS; i++)
            if (!after[i].equals("a")) assertThat(after[i]).isEqualTo(before[i]);
    }

    @Test
    void weightZeroCountsWithTheLastOneAboveIt() {
        Homes three = Homes.of(World.listed(Pools.of("a*3", "b", "c")), null);
        Homes drained = Homes.of(World.listed(Pools.of("a*0", "b", "c")), three);
        Homes stillDrained = Homes.of(World.listed(Pools.of("a*0", "b", "c", "d")), drained);
        for (int i = 0; i < 1000; i++) assertThat(id(drained.home(key(i)))).isEqualTo(id(three.home(key(i))));
        assertThat(drained.share("a")).isEqualTo(0.6);
        assertThat(stillDrained.share("a")).isEqualTo(0.5);
    }

    @Test
    void aServerThatNeverHadWeightIsNobodysHome() {
        Homes homes = Homes.of(World.listed(Pools.of("a*0", "b", "c")), null);
        for (int i = 0; i < 1000; i++) assertThat(id(homes.home(key(i)))).isIn("b", "c");
        assertThat(Homes.of(World.listed(Pools.of("a*0", "b*0")), null).home(1)).isNull();
        assertThat(Homes.of(List.of(), null).home(1)).isNull();
        assertThat(homes.share("a")).isZero();
        assertThat(homes.share("stranger")).isZero();
    }

    @Test
    void theOrderOfTheListDoesNotMatter() {
        assertThat(homes(null, "a*2", "b", "c")).isEqualTo(homes(null, "c", "b", "a*2"));
        assertThat(homes(null, "a", "b", "c")).isEqualTo(homes(null, "c", "a", "b"));
    }

    @Test
    void theFirstThatFitsIsTheHomeThatTheKeyWouldHaveWithoutTheOthers() {
        for (String weight : new String[] {"", "*2"}) {
            Homes all = Homes.of(World.listed(Pools.of("a" + weight, "b", "c", "d")), null);
            Homes without = Homes.of(World.listed(Pools.of("b", "c", "d")), null);
            for (int i = 0; i < 1000; i++) {
                Member first = all.first(key(i), member -> !id(member).equals("a"));
                assertThat(id(first)).isEqualTo(id(without.home(key(i))));
            }
            assertThat(all.first(1, member -> false)).isNull();
        }
    }

    private static String[] homes(Homes before, String... servers) {
        Homes homes = Homes.of(World.listed(Pools.of(servers)), before);
        assertThat(Servers.list(servers)).hasSize(servers.length);
        return IntStream.range(0, KEYS).mapToObj(i -> id(homes.home(key(i)))).toArray(String[]::new);
    }

    private static Map<String, Integer> counts(String[] homes) {
        Map<String, Integer> counts = new HashMap<>();
        for (String home : homes) counts.merge(home, 1, Integer::sum);
        return counts;
    }

    private static long key(int i) {
        return Xxh64.hash("user-" + i);
    }

    private static String id(Member member) {
        return member.server().id();
    }
}
