package org.lb4j;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.lb4j.testing.ManualTicker;
import org.lb4j.testing.PlainDraw;
import org.lb4j.testing.Pools;
import org.lb4j.testing.Servers;

/** When the whole roster is excluded, an eligible member outside it takes the call: another tier, another zone. */
final class OutsideTest {
    private static SelectionContext without(String... ids) {
        SelectionContext context = SelectionContext.none();
        for (String id : ids) context = context.excluding(Servers.of(id));
        return context;
    }

    private static Selector over(String... members) {
        return Pools.of(members).selector(new PlainDraw());
    }

    @Test
    void theNextTierTakesTheCall() {
        Selector selector = over("a", "b", "c#1", "d#2");
        assertThat(Seen.by(selector, without("a"))).containsExactly("b");
        assertThat(Seen.by(selector, without("a", "b"))).containsExactlyInAnyOrder("c", "d");
        assertThat(Seen.by(selector, without("a", "b", "c"))).containsExactly("d");
        assertThat(selector.acquire(without("a", "b", "c")).server().id()).isEqualTo("d");
    }

    @Test
    void aRosterOfOneIsARosterToo() {
        assertThat(Seen.by(over("a", "c#1"), without("a"))).containsExactly("c");
    }

    @Test
    void whenNobodyIsLeftAnExcludedOneItIs() {
        assertThat(Seen.by(over("a", "b", "c#1"), without("a", "b", "c"))).isSubsetOf("a", "b");
        assertThat(Seen.by(over("a"), without("a"))).containsExactly("a");
    }

    @Test
    void whatAShaperLeavesOutIsOutside() {
        ServerPool.Builder settings = Pools.settings(new ManualTicker()).shaper(OutsideTest::ownZone);
        Selector selector = Pools.of(settings, "a@x", "b@y", "c@y").selector(new PlainDraw());
        assertThat(Seen.by(selector)).containsExactly("a");
        assertThat(Seen.by(selector, without("a"))).containsExactlyInAnyOrder("b", "c");
    }

    private static Roster ownZone(Roster roster) {
        double[] weights = new double[roster.size()];
        for (int i = 0; i < weights.length; i++)
            weights[i] = roster.member(i).server().zone().equals("x") ? roster.weight(i) : 0;
        return roster.withWeights(weights);
    }

    @Test
    void whoIsHeldOrHasNoWeightIsNotEligibleOutsideEither() {
        Selector selector = over("a", "b#1:drain", "c#1:admin", "d#1:check", "e#1", "f#1", "g*0#1", "h#1");
        assertThat(Seen.by(selector, without("a"))).containsExactlyInAnyOrder("e", "f", "h");
    }

    @Test
    void anotherRetryGoesOnAmongThem() {
        assertThat(Seen.by(over("a", "b#1", "c#1"), without("a", "b"))).containsExactly("c");
    }

    /** 10^4 draws, sd at most 46: 6 sd are passed with a chance of 2 * 10^-9. */
    @Test
    void theDrawIsByTheirOwnWeights() {
        Selector selector = over("a", "b*1#1", "c*2#1", "d*5#2", "e*2#2");
        int[] counts = new int[4];
        for (int i = 0; i < 10_000; i++)
            counts[
                    Arrays.asList("b", "c", "d", "e")
                            .indexOf(selector.next(without("a")).id())]++;
        assertThat(counts[0]).isBetween(1000 - 180, 1000 + 180);
        assertThat(counts[1]).isBetween(2000 - 240, 2000 + 240);
        assertThat(counts[2]).isBetween(5000 - 300, 5000 + 300);
        assertThat(counts[3]).isBetween(2000 - 240, 2000 + 240);
    }
}
