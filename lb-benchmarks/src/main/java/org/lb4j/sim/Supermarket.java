package org.lb4j.sim;

import java.util.List;
import org.lb4j.algorithm.Algorithms;
import org.lb4j.load.Loads;

/**
 * The check of the simulator itself: the mean time in system that theory gives for one dispatcher, calls at random,
 * exponential work of mean 1 and one slot a server. Further than 3 % away means that the simulator is wrong.
 */
final class Supermarket {
    static final double TOLERANCE = 0.03;

    /** Mean of the work, in milliseconds: the unit of time. */
    private static final double UNIT_MS = 1000;

    /**
     * One figure of theory.
     *
     * @param rule how calls find a server
     * @param entrant the same
     * @param servers how many
     * @param load share of their capacity
     * @param units of time simulated
     * @param theory mean time in system
     */
    record Case(String rule, Entrant entrant, int servers, double load, double units, double theory) {
        /** The mean of some seeds: one arrival stream that is 1 % too dense is 10 % of the waiting at load 0.9. */
        double measure(List<Long> seeds) {
            double sum = 0;
            for (long seed : seeds)
                sum += Simulation.run(scenario(), entrant, seed).latencies().mean();
            return sum / seeds.size() / (UNIT_MS * 1e6);
        }

        private Scenario scenario() {
            return Scenario.named("supermarket", rule)
                    .servers(servers, Node.of(1))
                    .clients(1)
                    .work(Distribution.exponential(UNIT_MS))
                    .load(load)
                    .network(0, 0)
                    .seconds(units / 5, units)
                    .build();
        }
    }

    private static final Entrant ROUND_ROBIN = new Ours("roundRobin()", Algorithms.roundRobin());

    private Supermarket() {}

    /**
     * Of the published figures those that end within seconds: near full load a queue takes so long to settle that one
     * figure would take as long as all others together.
     */
    static List<Case> cases() {
        return List.of(
                power(1, 0.5, 300, 1 / 0.5),
                power(1, 0.7, 400, 1 / 0.3),
                power(1, 0.9, 1500, 1 / 0.1),
                power(2, 0.5, 200, 1.2657),
                power(2, 0.7, 200, 1.6145),
                power(2, 0.9, 500, 2.6141),
                power(2, 0.95, 700, 3.3830),
                power(2, 0.99, 1000, 5.4320),
                power(3, 0.5, 200, 1.1252),
                power(3, 0.7, 200, 1.3568),
                power(3, 0.9, 500, 2.0279),
                power(3, 0.95, 700, 2.5351),
                power(3, 0.99, 1000, 3.8578),
                power(5, 0.9, 500, 1.6329),
                power(5, 0.99, 1000, 2.9017),
                new Case("round robin, 10 servers", ROUND_ROBIN, 10, 0.5, 20_000, 1.3246),
                new Case("round robin, 10 servers", ROUND_ROBIN, 10, 0.7, 40_000, 2.0198),
                new Case("round robin, 10 servers", ROUND_ROBIN, 10, 0.9, 100_000, 5.6603),
                new Case("round robin, 100 servers", ROUND_ROBIN, 100, 0.9, 10_000, 5.2268),
                new Case("round robin, 2 servers", ROUND_ROBIN, 2, 0.7, 200_000, 2.6006),
                new Case("one queue, 10 servers", Reference.OMNISCIENT, 10, 0.7, 20_000, 1.0739),
                new Case("one queue, 10 servers", Reference.OMNISCIENT, 10, 0.9, 60_000, 1.6687));
    }

    private static Case power(int d, double load, double units, double theory) {
        Entrant entrant = new Ours("powerOf(" + d + ")", Algorithms.powerOf(d, Loads.inFlight()));
        return new Case("least of " + d + ", 1000 servers", entrant, 1000, load, units, theory);
    }
}
