package org.lb4j;

import java.util.Map;
import java.util.TreeMap;

/**
 * Panic and priority tiers: who is eligible, and which tier carries how much. The identity while all priorities are equal
 * and enough servers are well.
 *
 * <p>A tier can carry {@code min(1, overprovision * a)}, where a is the eligible share of its weight. The first tier takes
 * what it can, the next ones the rest. Panic is on when every tier's a is below the threshold and all of them together can
 * not carry the load; then servers that fail checks or were ejected are used again, because a few survivors under the whole
 * load would fail next.
 */
final class Tiers {
    /** Panic ends this much above where it begins, or a server that flaps would switch it at each flap. */
    private static final double HYSTERESIS = 0.1;

    private static final double ROUNDING = 1e-12;

    private final boolean panic;
    private final double[] eligible;
    private final double[] weights;

    private Tiers(boolean panic, double[] eligible, double[] weights) {
        this.panic = panic;
        this.eligible = eligible;
        this.weights = weights;
    }

    /** Whether servers that are held softly are used. */
    boolean panic() {
        return panic;
    }

    /** Each member's weight if it is eligible, whatever its tier; 0 if not. */
    double[] eligible() {
        return eligible;
    }

    /** The same, after tiers. */
    double[] weights() {
        return weights;
    }

    /** @param panicBefore the one bit that is remembered from roster to roster */
    static Tiers of(Standing[] standings, PanicRule rule, boolean panicBefore) {
        Map<Integer, Tier> tiers = tiers(standings, false);
        return of(standings, tiers, rule, panic(tiers, rule, panicBefore), false);
    }

    /** The same with servers on trial as if they were well; panic stays as it is. */
    Tiers withTrials(Standing[] standings, PanicRule rule) {
        return of(standings, tiers(standings, true), rule, panic, true);
    }

    private static Map<Integer, Tier> tiers(Standing[] standings, boolean trials) {
        Map<Integer, Tier> tiers = new TreeMap<>();
        for (Standing each : standings)
            tiers.computeIfAbsent(each.server().priority(), p -> new Tier()).add(each, trials && each.tried());
        return tiers;
    }

    private static Tiers of(
            Standing[] standings, Map<Integer, Tier> tiers, PanicRule rule, boolean panic, boolean trials) {
        double[] eligible = new double[standings.length];
        for (int i = 0; i < standings.length; i++) {
            Standing each = standings[i];
            boolean in = each.holds() == 0 || panic && each.softHeld() || trials && each.tried();
            eligible[i] = in ? each.weight() : 0;
        }
        boolean split = !panic && tiers.size() > 1;
        return new Tiers(panic, eligible, split ? split(standings, eligible, tiers, rule) : eligible);
    }

    private static boolean panic(Map<Integer, Tier> tiers, PanicRule rule, boolean before) {
        double best = -1;
        double carried = 0;
        for (Tier tier : tiers.values()) {
            if (tier.known() == 0) continue;
            best = Math.max(best, tier.share());
            carried += Math.min(1, rule.overprovision() * tier.share());
        }
        if (best < 0 || carried >= 1) return false;
        return before ? best < rule.threshold() + HYSTERESIS && rule.threshold() > 0 : best < rule.threshold();
    }

    private static double[] split(Standing[] standings, double[] eligible, Map<Integer, Tier> tiers, PanicRule rule) {
        for (Tier tier : tiers.values()) tier.eligible = 0;
        for (int i = 0; i < eligible.length; i++) tier(tiers, standings[i]).eligible += eligible[i];
        double sum = 0;
        for (Tier tier : tiers.values()) sum += tier.carries(rule);
        double rest = 1;
        double total = 0;
        for (Tier tier : tiers.values()) {
            tier.load = sum == 0 ? 0 : Math.min(rest, tier.carries(rule) / Math.min(1, sum));
            rest -= tier.load;
            if (rest < ROUNDING)
                rest = 0; // or a tier that nobody needs would be in use by a crumb, and count in the total
            if (tier.load > 0) total += tier.eligible;
        }
        double[] weights = new double[eligible.length];
        for (int i = 0; i < eligible.length; i++) {
            Tier tier = tier(tiers, standings[i]);
            // A tier that carries all of it keeps its weights to the bit, so integral ones stay integral.
            if (tier.load == 1) weights[i] = eligible[i];
            else if (tier.load > 0 && eligible[i] > 0) weights[i] = tier.load * eligible[i] / tier.eligible * total;
        }
        return weights;
    }

    private static Tier tier(Map<Integer, Tier> tiers, Standing standing) {
        return java.util.Objects.requireNonNull(tiers.get(standing.server().priority()));
    }

    /** Sums over one tier. Servers that a person took out or drains count in neither, or draining half a fleet were panic. */
    private static final class Tier {
        private double well;
        private double soft;
        private double eligible;
        private double load;

        void add(Standing standing, boolean asIfWell) {
            if (standing.holds() == 0 || asIfWell) well += standing.weight();
            else if (standing.softHeld()) soft += standing.weight();
        }

        double known() {
            return well + soft;
        }

        double share() {
            return known() == 0 ? 0 : well / known();
        }

        double carries(PanicRule rule) {
            return Math.min(1, rule.overprovision() * share());
        }
    }
}
