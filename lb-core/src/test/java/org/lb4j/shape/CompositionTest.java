package org.lb4j.shape;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.lb4j.Hold;
import org.lb4j.Server;
import org.lb4j.ServerPool;
import org.lb4j.Shaper;
import org.lb4j.testing.ManualTicker;
import org.lb4j.testing.Pools;
import org.lb4j.testing.Servers;

/** Tiers and panic, then the shapers in their order: each sees what those before it made. */
final class CompositionTest {
    private static final Shaper NOBODY = roster -> roster.withWeights(new double[roster.size()]);

    private final ManualTicker ticker = new ManualTicker();

    private ServerPool pool(List<Server> servers, Shaper... shapers) {
        ServerPool.Builder settings = Pools.settings(ticker).servers(servers);
        for (Shaper shaper : shapers) settings.shaper(shaper);
        ServerPool pool = settings.build();
        ticker.advance(Duration.ofHours(1));
        return pool;
    }

    @Test
    void aResultThatWouldBeEmptyIsNotApplied() {
        ServerPool pool = pool(Servers.list("a*2", "b"), NOBODY);
        assertThat(Weights.of(pool)).containsExactly(2, 1);
        assertThat(pool.faults()).isZero();
    }

    @Test
    void othersShapeBeforeAndAfterOneThatWouldLeaveNobody() {
        Shaper twice = roster -> roster.withWeights(
                Arrays.stream(Weights.of(roster)).map(weight -> 2 * weight).toArray());
        assertThat(Weights.of(pool(Servers.list("a*2", "b"), twice, NOBODY, twice)))
                .containsExactly(8, 4);
    }

    @Test
    void aSubsetIsTakenOfWhatTheZoneLeaves() {
        List<Server> servers = new ArrayList<>();
        for (int i = 0; i < 20; i++) servers.add(Servers.of("a" + i + "@a"));
        for (int i = 0; i < 20; i++) servers.add(Servers.of("b" + i + "@b"));
        double[] weights = Weights.of(pool(servers, Shapers.zone("a"), Shapers.subset(8, 1L)));
        assertThat(Arrays.stream(weights, 0, 20).filter(weight -> weight > 0).count())
                .isEqualTo(8);
        assertThat(Arrays.stream(weights, 20, 40).sum()).isZero();
    }

    @Test
    void aNewServerRampsWithinItsZonesShare() {
        List<Server> servers = new ArrayList<>(Servers.list("a1@a", "b1@b", "b2@b", "b3@b", "c1@c"));
        ServerPool pool = pool(servers, Shapers.zone("a"), Shapers.slowStart());
        servers.add(Servers.of("c2@c"));
        pool.update(servers);
        // a serves half of its own calls; b alone has more servers than callers.
        assertThat(Weights.shares(Weights.of(pool)))
                .containsExactly(new double[] {0.5, 0.5 / 3, 0.5 / 3, 0.5 / 3, 0, 0}, within(1e-9));
        pool.update(servers.subList(1, 6));
        ticker.advance(Duration.ofHours(1));
        pool.update(servers);
        // Half of all, as much as the three of b together, were it not at a tenth of its ramp.
        assertThat(Weights.of(pool)).containsExactly(new double[] {0.3, 1, 1, 1, 0, 0}, within(1e-9));
    }

    @Test
    void aZoneIsWeighedByWhatItsTierCarries() {
        ServerPool pool = pool(
                Servers.list("a1@a", "a2@a", "b1@b", "b2@b", "a3@a#1", "b3@b#1"),
                Shapers.zone("a"),
                Shapers.slowStart());
        assertThat(Weights.of(pool)).containsExactly(1, 1, 0, 0, 0, 0);
        pool.hold("a1", Hold.CHECK);
        pool.hold("a2", Hold.CHECK);
        // Half of the first tier can carry 0.7 of all, in zone b; the second tier takes 0.3, half of it in zone a.
        double[] shares = Weights.shares(Weights.of(pool));
        assertThat(shares[4]).isEqualTo(0.3, within(1e-9)); // u = 0.15, s = 0.5: all that a has
    }

    @Test
    void panicComesBeforeShapersSoThatTheySeeAllWhoAreUsed() {
        List<Server> servers = new ArrayList<>();
        for (int i = 0; i < 24; i++) servers.add(Servers.of("%03d".formatted(i)));
        ServerPool pool = pool(servers, Shapers.subset(12, 0, 2));
        for (int i = 0; i < 20; i++) pool.hold("%03d".formatted(i), Hold.CHECK);
        assertThat(pool.panic()).isTrue();
        double[] weights = Weights.of(pool);
        for (int i = 0; i < 24; i++) assertThat(weights[i]).isEqualTo(i < 12 ? 1 : 0);
    }

    @Test
    void whenAWholeSubsetIsOutItsServersAreReplacedByAllOthers() {
        List<Server> servers = new ArrayList<>();
        for (int i = 0; i < 24; i++) servers.add(Servers.of("%03d".formatted(i)));
        ServerPool pool = pool(servers, Shapers.subset(12, 0, 2));
        for (int i = 0; i < 12; i++) pool.hold("%03d".formatted(i), Hold.ADMIN);
        double[] weights = Weights.of(pool);
        for (int i = 0; i < 24; i++) assertThat(weights[i]).isEqualTo(i < 12 ? 0 : 1);
    }

    @Test
    void reportsZoneSubsetAndSlowStartLeaveAQuietPoolAsItIs() {
        ServerPool pool = pool(
                Servers.list("a*3", "b*2", "c"),
                Shapers.reports(),
                Shapers.zone("a"),
                Shapers.subset(12, 1L),
                Shapers.slowStart());
        assertThat(Weights.of(pool)).containsExactly(3, 2, 1);
    }
}
