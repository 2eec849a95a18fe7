package org.lb4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.lb4j.testing.ManualTicker;
import org.lb4j.testing.PlainDraw;
import org.lb4j.testing.Pools;
import org.lb4j.testing.Servers;

/** {@code preferring} and {@code only}: limited by holds, exclusion and {@code where} alone. */
final class PreferenceTest {
    private static final SelectionContext PREFERRING = SelectionContext.none().preferring("p");
    private static final SelectionContext ONLY = SelectionContext.only("p");

    private final ServerPool.Builder settings = Pools.settings(new ManualTicker());

    private void assertUsed(ServerPool pool) {
        Selector selector = pool.selector(new PlainDraw());
        assertThat(Seen.by(selector, PREFERRING)).containsExactly("p");
        assertThat(Seen.by(selector, ONLY)).containsExactly("p");
        assertThat(selector.acquire(ONLY).server().id()).isEqualTo("p");
    }

    private void assertNotUsed(ServerPool pool, String why) {
        Selector selector = pool.selector(new PlainDraw());
        assertThat(Seen.by(selector, PREFERRING)).isNotEmpty().doesNotContain("p");
        String message = "no server: only p was asked for, which is " + why;
        assertThatThrownBy(() -> selector.next(ONLY))
                .isInstanceOf(NoServerAvailableException.class)
                .hasMessage(message);
        assertThatThrownBy(() -> selector.acquire(ONLY))
                .isInstanceOf(NoServerAvailableException.class)
                .hasMessage(message);
    }

    @Test
    void theOnePreferredIsTaken() {
        assertUsed(Pools.of("a", "b", "p"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"p:drain", "p*0", "p#1", "p*0#3:drain"})
    void drainWeightZeroAndTierDoNotMatter(String preferred) {
        assertUsed(Pools.of("a", "b", preferred));
    }

    @Test
    void factorZeroDoesNotMatter() {
        ServerPool pool = Pools.of("a", "b", "p");
        pool.scale("p", "agent", 0);
        assertUsed(pool);
    }

    @Test
    void whatAShaperLeavesOutDoesNotMatter() {
        assertUsed(Pools.of(settings.shaper(roster -> roster.withWeights(new double[] {1, 1, 0})), "a", "b", "p"));
    }

    @ParameterizedTest
    @CsvSource({"admin, taken out", "check, failing checks", "outlier, ejected"})
    void otherHoldsDo(String hold, String why) {
        assertNotUsed(Pools.of("a", "b", "p:" + hold), why);
    }

    @Test
    void aHoldBesideDrainDoesMatter() {
        ServerPool pool = Pools.of("a", "b", "p:drain");
        pool.hold("p", Hold.CHECK);
        assertNotUsed(pool, "failing checks");
    }

    @Test
    void allHoldsThatMatterAreNamed() {
        ServerPool pool = Pools.of("a", "b", "p:check");
        pool.hold("p", Hold.ADMIN);
        pool.hold("p", Hold.DRAIN);
        assertNotUsed(pool, "taken out and failing checks");
        pool.hold("p", Hold.OUTLIER);
        assertNotUsed(pool, "taken out and failing checks and ejected");
    }

    @Test
    void inPanicTheSoftlyHeldAreUsedAndTheOthersAreNot() {
        assertUsed(Pools.of("a", "b:check", "c:outlier", "p:check"));
        assertUsed(Pools.of("a", "b:check", "c:outlier", "p:outlier"));
        ServerPool draining = Pools.of("a", "b:check", "c:outlier", "p:outlier");
        draining.hold("p", Hold.DRAIN);
        assertUsed(draining);
        assertNotUsed(Pools.of("a", "b:check", "c:outlier", "p:admin"), "taken out");
    }

    @Test
    void anUnknownServerIsNobody() {
        assertNotUsed(Pools.of("a", "b"), "not known");
    }

    @Test
    void anExcludedOneIsAvoided() {
        Selector selector = Pools.of("a", "b", "p").selector(new PlainDraw());
        Server p = Servers.of("p");
        assertThat(Seen.by(selector, PREFERRING.excluding(p))).containsExactlyInAnyOrder("a", "b");
        assertThatThrownBy(() -> selector.next(ONLY.excluding(p)))
                .hasMessage("no server: only p was asked for, which is excluded");
    }

    @Test
    void whatAViewDoesNotShowIsNotKnownToIt() {
        ServerPool pool = Pools.of("a", "b", "p");
        assertNotUsed(pool.where(server -> !server.id().equals("p")), "not known");
    }

    @Test
    void whenNobodyElseIsLeftThePreferenceAloneFindsNobody() {
        Selector selector =
                Pools.of(settings.panicThreshold(0), "p:check", "q:admin").selector(new PlainDraw());
        assertThatThrownBy(() -> selector.next(PREFERRING))
                .hasMessage("no server: 2 known, 0 eligible (1 failing checks, 1 taken out)");
    }

    @Test
    void theOneThatDrainsIsUsedThoughNobodyIsEligible() {
        assertUsed(Pools.of("p:drain"));
    }
}
