package org.lb4j.sim;

import java.util.ArrayList;
import java.util.List;

/**
 * All results of a tournament.
 *
 * @param seeds of the runs
 * @param scenarios the rows
 * @param entrants the columns, the omniscient line first
 * @param cells by scenario and entrant
 */
record Standings(List<Long> seeds, List<Scenario> scenarios, List<Entrant> entrants, List<List<Cell>> cells) {
    /** Less than that is not a difference. */
    static final double CLAIM = 1.05;

    Cell cell(int scenario, int entrant) {
        return cells.get(scenario).get(entrant);
    }

    /** Its regrets in the judged scenarios. */
    List<Double> regrets(int entrant) {
        List<Double> regrets = new ArrayList<>();
        for (int s = 0; s < scenarios.size(); s++)
            if (scenarios.get(s).judged()) regrets.add(cell(s, entrant).regret());
        return regrets;
    }

    /** The score: the geometric mean of the regrets. */
    double score(int entrant) {
        return Cell.geometric(regrets(entrant));
    }

    double worst(int entrant) {
        return regrets(entrant).stream().mapToDouble(Double::doubleValue).max().orElse(Double.NaN);
    }

    /** Whether the report says that the one is better there: by more than 5 % with every seed. */
    boolean better(int scenario, int one, int other) {
        List<Double> ones = cell(scenario, one).regrets();
        List<Double> others = cell(scenario, other).regrets();
        for (int i = 0; i < seeds.size(); i++) if (ones.get(i) * CLAIM >= others.get(i)) return false;
        return true;
    }

    int entrant(String id) {
        for (int i = 0; i < entrants.size(); i++) if (entrants.get(i).id().equals(id)) return i;
        return -1;
    }
}
