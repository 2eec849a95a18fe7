package org.lb4j.shape;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.lb4j.Roster;
import org.lb4j.testing.Rosters;

final class RandomSubsetTest {
    private static final int SIZE = 12;

    private static List<String> names(int servers) {
        return IntStream.range(0, servers).mapToObj(i -> "s" + i).toList();
    }

    private static Set<String> chosen(List<String> servers, long seed) {
        Roster roster = Rosters.shaped(servers.toArray(String[]::new));
        Roster shaped = Shapers.subset(SIZE, seed).shape(roster);
        Set<String> chosen = new HashSet<>();
        for (int i = 0; i < shaped.size(); i++)
            if (shaped.weight(i) > 0) chosen.add(shaped.member(i).server().id());
        return chosen;
    }

    private static int changes(Set<String> before, Set<String> after) {
        Set<String> gone = new HashSet<>(before);
        gone.removeAll(after);
        return gone.size();
    }

    @Test
    void oneSeedIsOnePartWhateverTheOrderOfTheList() {
        List<String> shuffled = new ArrayList<>(names(100));
        Collections.shuffle(shuffled, new Random(1));
        assertThat(chosen(names(100), 42)).hasSize(SIZE).isEqualTo(chosen(shuffled, 42));
        assertThat(chosen(names(100), 43)).isNotEqualTo(chosen(names(100), 42));
    }

    /** Seeds 0 to 49; each comes, goes and is out in turn. */
    @Test
    void oneServerThatComesOrGoesChangesOneOfThePartAtMost() {
        for (long seed = 0; seed < 50; seed++) {
            Set<String> before = chosen(names(100), seed);
            int gone = (int) (2 * seed);
            List<String> fewer = new ArrayList<>(names(100));
            fewer.remove(gone);
            assertThat(changes(before, chosen(fewer, seed))).isEqualTo(before.contains("s" + gone) ? 1 : 0);
            assertThat(changes(before, chosen(names(101), seed))).isLessThanOrEqualTo(1);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 2, 3})
    void oneThatIsOutForAWhileIsReplacedByOneAndFindsItsPlaceAgain(long seed) {
        Set<String> before = chosen(names(100), seed);
        List<String> held = new ArrayList<>(names(100));
        int out = Integer.parseInt(before.iterator().next().substring(1));
        held.set(out, "s" + out + ":check");
        Set<String> meanwhile = chosen(held, seed);
        assertThat(meanwhile).hasSize(SIZE).doesNotContain("s" + out);
        assertThat(changes(before, meanwhile)).isOne();
        assertThat(chosen(names(100), seed)).isEqualTo(before);
    }

    /** Published: 300 clients and servers, 30 each: at least 15 to 19 a server, at most 42 to 48; 90 each: 65 to 70, 110 to 117. */
    @ParameterizedTest(name = "{0} each: {1} to {2}")
    @CsvSource({"30, 13, 50", "90, 63, 119"})
    void thePartsOfManyClientsAreUnevenAsChanceIs(int size, int least, int most) {
        Roster roster = Rosters.shaped(names(300).toArray(String[]::new));
        int[] clients = new int[300];
        for (long seed = 0; seed < 300; seed++) {
            Roster shaped = Shapers.subset(size, seed * 0x9E3779B97F4A7C15L).shape(roster);
            for (int i = 0; i < 300; i++) if (shaped.weight(i) > 0) clients[i]++;
        }
        assertThat(Arrays.stream(clients).sum()).isEqualTo(300 * size);
        assertThat(Arrays.stream(clients).min().orElseThrow()).isGreaterThanOrEqualTo(least);
        assertThat(Arrays.stream(clients).max().orElseThrow()).isLessThanOrEqualTo(most);
    }

    @Test
    void weightsAreKept() {
        List<String> heavy = names(100).stream().map(each -> each + "*7").toList();
        Roster shaped = Shapers.subset(SIZE, 1).shape(Rosters.shaped(heavy.toArray(String[]::new)));
        assertThat(Weights.of(shaped)).containsOnly(0, 7);
    }

    @Test
    void aSmallFleetIsTakenWholeAndIsTheSameRoster() {
        Roster roster = Rosters.shaped("a", "b", "c");
        assertThat(Shapers.subset(3, 1).shape(roster)).isSameAs(roster);
        assertThat(Shapers.subset(12).shape(roster)).isSameAs(roster);
    }

    @Test
    void withoutASeedEachClientHasAPartOfItsOwn() {
        Roster roster = Rosters.shaped(names(1000).toArray(String[]::new));
        assertThat(Weights.of(Shapers.subset(SIZE).shape(roster)))
                .isNotEqualTo(Weights.of(Shapers.subset(SIZE).shape(roster)));
    }

    @Test
    void whatMakesNoSenseIsRefused() {
        assertThatThrownBy(() -> Shapers.subset(0)).hasMessage("subset size must be at least 1, was 0");
    }
}
