package org.lb4j.shape;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.offset;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lb4j.Roster;
import org.lb4j.Shaper;
import org.lb4j.testing.Rosters;

final class ZoneTest {
    private static final double ROUNDING = 1e-12;

    /** Six servers: a has weight 2, b and c have 4 each. */
    private final Roster uneven = Rosters.shaped("a1@a", "a2@a", "b1*3@b", "b2@b", "c1*2@c", "c2*2@c");

    private static Map<String, Double> shares(Roster roster, String own) {
        return shares(roster, Shapers.zone(own));
    }

    /** Each zone's share of the traffic, as seen from one of them. */
    private static Map<String, Double> shares(Roster roster, Shaper zone) {
        double[] shares = Weights.shares(zone.shape(roster));
        Map<String, Double> zones = new LinkedHashMap<>();
        for (int i = 0; i < shares.length; i++)
            zones.merge(roster.member(i).server().zone(), shares[i], Double::sum);
        return zones;
    }

    @Test
    void aZoneWithTooFewServersGivesTheRestToThoseThatHaveMore() {
        Map<String, Double> fromA = shares(uneven, "a");
        assertThat(fromA.get("a")).isEqualTo(0.6, within(ROUNDING));
        assertThat(fromA.get("b")).isEqualTo(0.2, within(ROUNDING));
        assertThat(fromA.get("c")).isEqualTo(0.2, within(ROUNDING));
    }

    @Test
    void aZoneWithServersEnoughKeepsAllItsCallsAndItsWholeWeights() {
        assertThat(Weights.of(Shapers.zone("b").shape(uneven))).containsExactly(0, 0, 3, 1, 0, 0);
    }

    @Test
    void aZoneWithNothingToSpareIsNotAskedToHelp() {
        Map<String, Double> fromA = shares(Rosters.shaped("a1@a", "b1@b", "b2@b", "b3@b", "c1@c", "c2@c"), "a");
        assertThat(fromA.get("a")).isEqualTo(0.5, within(ROUNDING));
        assertThat(fromA.get("b")).isEqualTo(0.5, within(ROUNDING));
        assertThat(fromA.get("c")).isZero();
    }

    @Test
    void insideAZoneWeightsDecide() {
        double[] fromA = Weights.shares(Shapers.zone("a").shape(uneven));
        assertThat(fromA[2]).isEqualTo(0.15, within(ROUNDING));
        assertThat(fromA[3]).isEqualTo(0.05, within(ROUNDING));
    }

    /** Zones x, y, z and w of 1 to 5 servers of weight 1 to 4; seeds 0 to 199. */
    @Test
    void whenCallersOfAllZonesDoTheSameEveryServerHasTheSameLoad() {
        for (long seed = 0; seed < 200; seed++) {
            Random random = new Random(seed);
            Roster roster = fleet(random);
            double[] load = new double[roster.size()];
            String[] zones = zones(roster);
            for (String zone : zones) {
                double[] shares = Weights.shares(Shapers.zone(zone).shape(roster));
                for (int i = 0; i < load.length; i++) load[i] += shares[i] / roster.weight(i) / zones.length;
            }
            double even = 1 / Arrays.stream(Weights.of(roster)).sum();
            assertThat(load).as("seed %d", seed).containsOnly(new double[] {even}, offset(1e-9));
        }
    }

    @Test
    void whenCallersAreSpreadAsWasSaidEveryServerHasTheSameLoad() {
        for (long seed = 0; seed < 200; seed++) {
            Random random = new Random(seed);
            Roster roster = fleet(random);
            String[] zones = zones(roster);
            Map<String, Double> callers = new LinkedHashMap<>();
            for (String zone : zones) callers.put(zone, (double) random.nextInt(10) + (zone.equals("x") ? 1 : 0));
            double all =
                    callers.values().stream().mapToDouble(Double::doubleValue).sum();
            double[] load = new double[roster.size()];
            for (String zone : zones) {
                double[] shares = Weights.shares(Shapers.zone(zone, callers).shape(roster));
                double part = callers.get(zone) / all;
                for (int i = 0; i < load.length; i++) load[i] += part * shares[i] / roster.weight(i);
            }
            double even = 1 / Arrays.stream(Weights.of(roster)).sum();
            assertThat(load).as("seed %d", seed).containsOnly(new double[] {even}, offset(1e-9));
        }
    }

    private static Roster fleet(Random random) {
        Stream.Builder<String> servers = Stream.builder();
        for (String zone : new String[] {"x", "y", "z", "w"})
            for (int i = 0, n = 2 + random.nextInt(4); i < n; i++)
                servers.add(zone + i + "*" + (1 + random.nextInt(4)) + "@" + zone);
        return Rosters.shaped(servers.build().toArray(String[]::new));
    }

    private static String[] zones(Roster roster) {
        return Stream.iterate(0, i -> i < roster.size(), i -> i + 1)
                .map(i -> roster.member(i).server().zone())
                .distinct()
                .toArray(String[]::new);
    }

    /** Servers and callers are in the same proportions but for the last bits: every zone serves its own and nobody else. */
    @Test
    void roundingLeavesNoCrumbs() {
        Roster roster = Rosters.shaped("a1@a", "b1@b", "b2@b", "c1*7@c", "d1@d", "d2@d", "d3@d");
        for (double unit : new double[] {0.1, 0.3, 0.7, 1.1, 1e-7}) {
            Map<String, Double> callers = Map.of("a", unit, "b", 2 * unit, "c", 7 * unit, "d", 3 * unit);
            for (String own : callers.keySet()) {
                double[] weights = Weights.of(Shapers.zone(own, callers).shape(roster));
                for (int i = 0; i < weights.length; i++) {
                    boolean local = roster.member(i).server().zone().equals(own);
                    assertThat(weights[i]).as("seen from %s", own).isEqualTo(local ? roster.weight(i) : 0);
                }
            }
        }
    }

    @Test
    void aZoneWhoseServersAreAllOutSendsItsCallsWhereThereIsRoom() {
        Roster roster = Rosters.shaped("a1@a:held", "a2@a:held", "b1@b", "b2@b", "c1*2@c", "c2*2@c");
        Map<String, Double> fromA = shares(roster, "a");
        assertThat(fromA.get("a")).isZero();
        assertThat(fromA.get("b")).isZero(); // a third of the servers for a third of the callers: busy with its own
        assertThat(fromA.get("c")).isEqualTo(1, within(ROUNDING));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a1@a b1@b b2@b c1@c c2@c", // five servers
                "a1@a a2@a a3@a a4@a a5@a a6@a", // one zone
                "a1 a2 a3 a4 a5 a6", // no zones
                "b1@b b2@b b3@b c1@c c2@c c3@c" // the own zone is not there
            })
    void whereItCanNotHelpItReturnsTheSameRoster(String servers) {
        Roster roster = Rosters.shaped(servers.split(" "));
        assertThat(Shapers.zone("a").shape(roster)).isSameAs(roster);
    }

    @Test
    void whatMakesNoSenseIsRefused() {
        assertThatThrownBy(() -> Shapers.zone("a", Map.of())).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Shapers.zone("a", Map.of("a", -1.0)))
                .hasMessage("callers of zone a must be finite and at least 0, was -1.0");
        assertThatThrownBy(() -> Shapers.zone("a", Map.of("a", Double.NaN)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Shapers.zone("a", Map.of("a", 0.0))).hasMessage("callers must not all be 0");
    }
}
